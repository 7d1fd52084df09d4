// A conflict as the program tells it, and what the merge screen makes of it.
import type { Answer } from '@/api/answer'
import { factsOf, tableOf } from '@/api/answer'
import { valueText } from '@/schema/display'
import { fieldOf, type Kind, type Values } from '@/schema/kinds'
import { hourMs } from '@/schema/time'

export interface Candidate {
  author: string
  author_id: string
  device: string
  at: string
  value: Values
  clock_doubtful?: boolean
}
export interface Matter {
  number: number
  class: string
  state: string
  kind: string
  record: string
  title: string
  record_title?: string
  field: string
  base: Values
  now: Values
  candidates: Candidate[]
  opened_at: string
  due_on?: string
  resolution?: string
  resolved_value?: Values
  resolved_by?: string
  resolved_at?: string
}

/** What a person takes: a candidate by number, what holds, what was, or a value of their own. */
export type Take = 'base' | 'current' | 'value' | `${number}`

export interface MergeRow {
  name: string
  label: string
  controlled: boolean
  base: string
  now: string
  candidates: string[]
  /** A candidate's author did not touch it. */
  untouched: boolean[]
}

/** Places of the base and of what holds among the labelled lines of a shown case. */
const baseFact = 3
const nowFact = 4

/** One row a field of the group that is in conflict. */
export function rowsOf(answer: Answer<Matter>, kind: Kind | undefined, language: string): MergeRow[] {
  const matter = answer.data
  const all = [matter.base, matter.now, ...matter.candidates.map((each) => each.value)]
  const names = [...new Set(all.flatMap((values) => Object.keys(values ?? {})))]
  const facts = factsOf(answer)
  const told = tableOf(answer).rows.map((row) => row[row.length - 1] ?? '')
  const alone = names.length === 1
  return names.map((name) => {
    const field = fieldOf(kind, name)
    // What a reference points at is named by the program alone.
    const isNamed = alone && (field === undefined || field.type.startsWith('ref'))
    const text = (values: Values | undefined, said: string | undefined) =>
      isNamed && said !== undefined && values?.[name] != null
        ? said
        : valueText(field, values?.[name], language)
    return {
      name,
      label: field?.label ?? name,
      controlled: field?.controlled === true,
      base: text(matter.base, facts[baseFact]?.[1]),
      now: text(matter.now, facts[nowFact]?.[1]),
      candidates: matter.candidates.map((each, at) => text(each.value, told[at])),
      untouched: matter.candidates.map(
        (each) => JSON.stringify(each.value[name]) === JSON.stringify(matter.base?.[name]),
      ),
    }
  })
}

/** Hours between a change and its arrival; 0 below one. */
export function offlineHours(candidate: Candidate, matter: Matter): number {
  const ms = Date.parse(matter.opened_at) - Date.parse(candidate.at)
  return Number.isFinite(ms) && ms >= hourMs ? Math.floor(ms / hourMs) : 0
}
