// A conflict as its author reads it: what was, what each wanted, what holds now.
import { type Answer, factsOf, recordsOf } from '@/api/answer'
import { valueText } from '@/schema/display'
import { fieldOf, type Kind, labelOf, type Values } from '@/schema/kinds'
import { shortTime } from '@/schema/time'

export interface OwnCase {
  id: string
  number: number
  entity: string
  record_id: string
  customer_id?: string
  field: string
  base_value?: Values
  current_value?: Values
  resolved_value?: Values
  candidates: { at: number; value: Values }[]
  state: string
  opened_at: number
  due_on?: string
  resolution?: string
  resolved_at?: number
}
export interface Column {
  key: 'base' | 'now' | 'result' | `by-${number}`
  /** Who wanted it; empty for what was and what holds. */
  by: string
  at: string
  mine: boolean
  /** Text by field. */
  texts: Record<string, string>
}

/** "明润（李改）  — 李建国 2026-12-02 11:27". */
const signed = /^([\s\S]*?) {2}— (.+?) (\d{4}-\d\d-\d\d \d\d:\d\d)$/
/** Place of the field's name and of the base among the labelled lines of a shown case. */
const baseFact = 4

export interface CaseView {
  case: OwnCase
  fields: { name: string; label: string; controlled: boolean }[]
  columns: Column[]
}

/** Undefined when the answer holds no case. `me`: how the program calls who uses the laptop. */
export function caseView(answer: Answer<OwnCase[]>, kind: Kind | undefined, me: string, language: string): CaseView | undefined {
  const found = recordsOf(answer)[0]
  if (!found) return undefined
  const facts = factsOf(answer)
  const all = [found.base_value, found.current_value, ...found.candidates.map((each) => each.value)]
  const names = [...new Set(all.flatMap((values) => Object.keys(values ?? {})))]
  // What a reference points at is named by the program alone.
  const isNamed = names.length === 1 && (fieldOf(kind, names[0]!)?.type.startsWith('ref') ?? false)
  const text = (values: Values | undefined, said: string | undefined) =>
    Object.fromEntries(names.map((name) => [name, isNamed && said ? said : valueText(fieldOf(kind, name), values?.[name], language)]))
  const columns: Column[] = [
    { key: 'base', by: '', at: '', mine: false, texts: text(found.base_value, facts[baseFact]?.[1]) },
    ...found.candidates.map((each, at): Column => {
      const [, said, by] = signed.exec(facts[baseFact + 2 + at]?.[1] ?? '') ?? []
      return { key: `by-${at + 1}`, by: by ?? '', at: shortTime(each.at), mine: by === me && me !== '', texts: text(each.value, said) }
    }),
    { key: 'now', by: '', at: '', mine: false, texts: text(found.current_value, facts[baseFact + 1]?.[1]) },
  ]
  if (found.resolved_value) columns.push({ key: 'result', by: '', at: found.resolved_at ? shortTime(found.resolved_at) : '', mine: false, texts: text(found.resolved_value, undefined) })
  return {
    case: found,
    fields: names.map((name) => ({ name, label: labelOf(kind, name), controlled: fieldOf(kind, name)?.controlled === true })),
    columns,
  }
}
