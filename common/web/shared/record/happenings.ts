// What happened to a record, as its timeline shows it, whoever tells it.
import type { PillTone } from '@/parts/StatusPill.vue'
import { type Kind, titleOf } from '@/schema/kinds'
import { dayOf } from '@/schema/time'

import type { Hanging } from './reading'

export interface Happening {
  /** Milliseconds since 1970. */
  at: number
  title: string
  text: string
  by: string
  tone: PillTone
  /** A state worth a pill; empty for none. */
  pill: string
  to?: object
}

/** From here a text is content worth an excerpt, not a label. */
const longFrom = 1000

/** What was added to the record's file: visits, contacts, attachments. */
export function additionsOf(records: Hanging[], kindOf: (tag: string) => Kind | undefined): Happening[] {
  return records.flatMap((each) => {
    const kind = kindOf(each.kind)
    const at = Number(each.values.started_at ?? each.values.created_at)
    if (!kind?.parent || !Number.isFinite(at)) return []
    const excerpt = kind.fields.find((field) => (field.length ?? 0) >= longFrom && each.values[field.name])
    return {
      at,
      title: `${kind.name} ${titleOf(kind, each.values)}`.trim(),
      text: excerpt ? String(each.values[excerpt.name]) : '',
      by: '',
      tone: 'primary' as const,
      pill: '',
      to: { name: 'record', params: { word: kind.word, id: each.id } },
    }
  })
}

/** The newest of them. */
export const latestOf = (happenings: Happening[], most: number): Happening[] =>
  [...happenings].sort((a, b) => b.at - a.at).slice(0, most)

/** By day of the office, newest first. */
export function daysOf(happenings: Happening[]): [day: string, of: Happening[]][] {
  const found = new Map<string, Happening[]>()
  for (const each of [...happenings].sort((a, b) => b.at - a.at)) {
    const day = dayOf(each.at)
    found.set(day, [...(found.get(day) ?? []), each])
  }
  return [...found]
}
