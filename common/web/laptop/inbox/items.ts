// The inbox: open conflicts and what came back, in one list.
import { type Answer, recordsOf, tableOf } from '@/api/answer'
import { shortTime } from '@/schema/time'

import type { OwnCase } from './columns'
import { type Fate, fateOf, type TrayRow } from './tray'

export interface InboxItem {
  key: string
  fate: Fate
  word: string
  title: string
  line: string
  aside: string
  settled: boolean
  tray?: TrayRow
  case?: number
}

export function caseItems(answer: Answer<OwnCase[]>): InboxItem[] {
  const rows = tableOf(answer).rows
  return recordsOf(answer).map((each, at) => ({
    key: `case-${each.number}`,
    fate: 'case',
    word: rows[at]?.[3] ?? '',
    title: rows[at]?.[1] ?? '',
    line: rows[at]?.[2] ?? each.field,
    aside: shortTime(each.opened_at),
    settled: each.state !== 'open',
    case: each.number,
  }))
}

export function trayItems(rows: TrayRow[]): InboxItem[] {
  return rows.map((row) => ({
    key: `tray-${row.id}`,
    fate: fateOf(row.state),
    word: row.word,
    title: row.title ?? row.what,
    line: row.title ? row.what : row.reason,
    aside: row.at ? shortTime(row.at) : '',
    settled: row.settled,
    tray: row,
  }))
}

const order: Fate[] = ['case', 'refused', 'superseded', 'other', 'pending']
/** What needs the person first; what is settled last. */
export const sorted = (items: InboxItem[]) =>
  [...items].sort((a, b) => Number(a.settled) - Number(b.settled) || order.indexOf(a.fate) - order.indexOf(b.fate))
