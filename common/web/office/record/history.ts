// The history of a record: data for what to do, the program's own words for reading.
import { type Answer, tableOf } from '@/api/answer'
import type { Happening } from '@/record/happenings'
import type { Values } from '@/schema/kinds'

export interface Entry {
  at: string
  received_at: string
  by: string
  device: string
  field: string
  event: string
  before: Values
  value: Values
  won: boolean
  verdict: string
  reason: string
  number?: number
}
export interface HistoryRow {
  entry: Entry
  /** What changed: the field, or the event in words. */
  what: string
  /** "old → new". */
  change: string
  verdict: string
}

/** Places of these columns in the table of a history. */
const [whatColumn, changeColumn, verdictColumn] = [3, 4, 6]

export function historyRows(answer: Answer<Entry[]>): HistoryRow[] {
  const rows = tableOf(answer).rows
  return answer.data.map((entry, at) => ({
    entry,
    what: rows[at]?.[whatColumn] ?? entry.field,
    change: rows[at]?.[changeColumn] ?? '',
    verdict: rows[at]?.[verdictColumn] ?? entry.verdict,
  }))
}

/** The history as happenings; `t` says the words. */
export function changesOf(answer: Answer<Entry[]>, t: (key: string) => string): Happening[] {
  return historyRows(answer).map(({ entry, what, change, verdict }) => ({
    at: Date.parse(entry.at),
    title: what,
    text: [change.replace(/^- → /, `${t('record.nothingBefore')} → `), entry.reason]
      .filter((each) => each && !each.endsWith(' → -'))
      .join('\n'),
    by: `${entry.by} · ${entry.device === '-' ? t('record.atOffice') : entry.device}`,
    tone: entry.won ? 'off' : 'pending',
    pill: verdict,
  }))
}
