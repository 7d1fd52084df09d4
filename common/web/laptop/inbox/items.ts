// The inbox: open conflicts and what came back, in one list.
import { type Answer, recordsOf, tableOf } from '@/api/answer'
import { shortTime } from '@/schema/time'

import type { OwnCase } from './columns'
import { type Fate, fateOf, isMadeGood, type TrayRow } from './tray'

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

/** What waits in an open case is told with the case. */
export function trayItems(rows: TrayRow[]): InboxItem[] {
  return rows.filter((row) => !row.told_by_case).map((row) => ({
    key: `tray-${row.id}`,
    fate: fateOf(row.state, row.outcome),
    // What was refused is called so, whatever it waited for before.
    word: row.outcome === 'refused' ? '' : row.word,
    title: row.title || row.what,
    line: row.title && row.outcome !== 'refused' ? row.what : row.reason,
    aside: row.at ? shortTime(row.at) : '',
    settled: row.settled,
    tray: row,
  }))
}

const order: Fate[] = ['case', 'refused', 'superseded', 'other', 'pending']
/** A refusal is settled for the office and open for its author. */
const isOver = (item: InboxItem) => item.settled && (item.fate !== 'refused' || (item.tray !== undefined && isMadeGood(item.tray)))
/** What needs the person first; what is settled last. */
export const sorted = (items: InboxItem[]) =>
  [...items].sort((a, b) => Number(isOver(a)) - Number(isOver(b)) || order.indexOf(a.fate) - order.indexOf(b.fate))
