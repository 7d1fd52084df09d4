// The tray as the program tells it: data for what to do, its own words for reading.
import { type Answer, recordsOf } from '@/api/answer'
import type { Line } from '@/api/answer'
import type { Values } from '@/schema/kinds'

export interface TrayItem {
  id: number
  op: string
  /** Of a step: its name. */
  event?: string
  kind: string
  record: string
  values: Values
  state: string
  reason: string
  settled: boolean
  /** An open case on this laptop tells of it. */
  told_by_case?: boolean
  /** How the case or proposal ended it went to; empty while it is open. */
  outcome?: string
  /** When it came, who it is about: where the program says so. */
  at?: string
  title?: string
  customer?: string
}
export interface TrayRow extends TrayItem {
  /** "修改客户 明润：总机 0571": what was wanted. */
  what: string
  /** The state in words. */
  word: string
}

/** A refusal that was made good, or that the file left behind: nothing is to be done about it. */
export const isMadeGood = (item: TrayItem) => item.settled && !item.outcome && fateOf(item.state) === 'refused'

/** What became of a change, in the page's five looks. */
export type Fate = 'refused' | 'case' | 'pending' | 'superseded' | 'other'

/** States are told in English words (client/reading); `outcome` is how it ended, where it did. */
export function fateOf(state: string, outcome?: string): Fate {
  if (outcome === 'refused') return 'refused'
  if (state === 'in a case') return 'case'
  if (/waiting for verification/.test(state)) return 'pending'
  if (state === 'refused' || state === 'not taken') return 'refused'
  return state.startsWith('superseded') ? 'superseded' : 'other'
}

const heading = /^\[(\d+)\] (.+?) {2}(.*)$/s

/** Each item with the words of its lines. */
export function trayRows(answer: Answer<TrayItem[]>): TrayRow[] {
  const lines = new Map<number, [word: string, what: string]>()
  for (const part of answer.parts) {
    const found = heading.exec((part as Line).line ?? '')
    if (found) lines.set(Number(found[1]), [found[2]!, found[3]!])
  }
  return recordsOf(answer).map((item) => {
    const [word, what] = lines.get(item.id) ?? ['', Object.values(item.values).map(String).join(' ')]
    return { ...item, word, what }
  })
}
