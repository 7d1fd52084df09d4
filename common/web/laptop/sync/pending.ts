// What was not sent yet, by the customer it is about.
import { type Answer, recordsOf, tableOf } from '@/api/answer'
import type { Values } from '@/schema/kinds'

export interface Op {
  op: string
  kind: string
  record: string
  values?: Values
  state: string
  customer?: string
  title?: string
}
export interface OutboxEntry {
  number: number
  at: string
  ops: Op[]
}
export interface PendingItem {
  number: number
  at: string
  /** "修改客户 明润：总机 0571". */
  what: string
  /** Id of the customer; empty for what belongs to none. */
  customer: string
}

/** Place of the words in the table of what waits. */
const whatColumn = 3

/** One item a change, in the order told: the table's rows are the changes of the entries. */
export function pendingItems(answer: Answer<OutboxEntry[]>): PendingItem[] {
  const rows = tableOf(answer).rows
  let row = 0
  return recordsOf(answer).flatMap((entry) =>
    entry.ops.map((op) => ({
      number: entry.number,
      at: entry.at,
      what: rows[row++]?.[whatColumn] ?? op.title ?? op.kind,
      customer: op.customer ?? (op.kind === 'customer' ? op.record : String(op.values?.customer_id ?? '')),
    })),
  )
}

/** By customer, in the order of the first change of each. */
export function byCustomer(items: PendingItem[]): [customer: string, items: PendingItem[]][] {
  const found = new Map<string, PendingItem[]>()
  for (const item of items) found.set(item.customer, [...(found.get(item.customer) ?? []), item])
  return [...found]
}
