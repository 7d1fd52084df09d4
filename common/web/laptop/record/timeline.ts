// The timeline of a customer on this laptop: what was said with them, and what was changed here.
import { type Answer, recordsOf, tableOf } from '@/api/answer'
import type { Happening } from '@/record/happenings'
import { valueText } from '@/schema/display'
import { fieldOf, type Kind, type Values } from '@/schema/kinds'

import type { OutboxEntry } from '../sync/pending'
import { lookOf } from './standing'

/** Places of the state and the words in the table of a laptop's log. */
const [stateColumn, whatColumn] = [2, 3]

/** Visits, calls, letters: kind, who with, what was said, what comes next. */
export function visitHappenings(answer: Answer<Values[]>, kind: Kind | undefined, language: string): Happening[] {
  const { header, rows } = tableOf(answer)
  const standing = header.length - 2
  return recordsOf(answer).map((each, at) => {
    const look = lookOf(String(each.sync))
    const say = (name: string) => valueText(fieldOf(kind, name), each[name], language)
    return {
      at: Number(each.started_at ?? each.created_at),
      title: [say('kind'), say('purpose')].filter(Boolean).join(' · '),
      text: say('content'),
      by: [say('result'), say('next_on'), say('next_action')].filter(Boolean).join(' · '),
      tone: look ? look[0] : 'primary',
      pill: look ? (rows[at]?.[standing] ?? '') : '',
      to: { name: 'record', params: { word: kind?.word ?? 'communication', id: String(each.id) } },
    }
  })
}

/** Changes made on this laptop, each with what became of it; new visits tell themselves. */
export function changeHappenings(answer: Answer<OutboxEntry[]>, told: string): Happening[] {
  const rows = tableOf(answer).rows
  let row = 0
  return recordsOf(answer).flatMap((entry) =>
    entry.ops.flatMap((op): Happening[] => {
      const words = rows[row++] ?? []
      if (op.kind === told) return []
      const look = lookOf(op.state)
      return [{ at: Date.parse(entry.at), title: words[whatColumn] ?? '', text: '', by: '', tone: look ? look[0] : 'off', pill: words[stateColumn] ?? '' }]
    }),
  )
}
