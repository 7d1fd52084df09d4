// What waits beside a record's official values, as its page shows it.
import type { Pending, RecordData } from '@/record/reading'

import { lookOf } from './standing'

export interface PendingLine {
  field: string
  official: string
  mine: string
  state: string
}
export type LaptopRecordData = RecordData & { pending?: PendingLine[]; sync?: string }

export const waits = (line: PendingLine) => line.state === 'waiting for sync'

/** Own unsent values stand in place of the official ones; everything else stands beside them. */
export function readingWith(reading: Record<string, string>, lines: PendingLine[]): Record<string, string> {
  const found = { ...reading }
  for (const line of lines) {
    const text = waits(line) ? line.mine : line.official
    if (text === '' || text === '-') delete found[line.field]
    else found[line.field] = text
  }
  return found
}

export function pendingWords(lines: PendingLine[], say: (key: string) => string): Pending[] {
  return lines.map((line) => {
    if (waits(line)) return { field: line.field, word: `↑ ${say('laptop.record.waits')}`, text: '', tone: 'wait' as const, to: '/sync' }
    const look = lookOf(line.state)
    const bad = look?.[0] === 'bad'
    return {
      field: line.field,
      word: say(bad ? 'laptop.record.notTaken' : 'record.proposed'),
      text: line.mine,
      tone: bad ? ('bad' as const) : ('pending' as const),
      to: '/inbox',
    }
  })
}
