// A shown record: its values, how they read, what was withheld, what hangs on it.
import type { Action, Inputs } from '@/api/actions'
import { type Answer, factsOf } from '@/api/answer'
import { valueText } from '@/schema/display'
import { fieldOf, type Kind, type Values } from '@/schema/kinds'

export interface Withheld {
  facet: string
  rule?: string
  /** Of the fault that withholds it, and what it says. */
  id: string
  why: string
  fields?: string[]
}
export interface Hanging {
  kind: string
  id: string
  values: Values
}
/** A value that waits beside the official one, or a state of it. */
export interface Pending {
  field: string
  word: string
  text: string
  tone: 'pending' | 'wait' | 'bad'
  to?: string
}
export interface Lacking {
  kind: string
  field: string
  label: string
}
/** A step of a workflow as it is offered to this person of this record, or why it is not. */
export interface OfferedStep {
  action: string
  event: string
  label: string
  may: boolean
  why?: string
  /** What the file lacks for it. */
  lacks?: Lacking[]
  /** What is not here and may lie at the office: it holds nothing up. */
  unsure?: Lacking[]
}
/** Where the record stands in one workflow, and who must act by when. */
export interface Standing {
  name: string
  label: string
  state: string
  state_label: string
  steps: OfferedStep[]
  /** The step that led there, who took it where that is known, and his reason. */
  because?: { step: string; person: string; at: string; reason: string }
  waits?: { step: string; person: string; due_on: string }[]
}
export interface RecordData extends Values {
  id?: string
  workflows?: Standing[]
  values?: Values
  withheld?: Withheld[]
  records?: Hanging[]
}

/** The fields a step waits for, of the record or of one of this kind that is kept about it. */
export const wantedOf = (kind: Kind, workflows: Standing[] = []): string[] =>
  workflows.flatMap((each) => each.steps.flatMap((step) => [...(step.lacks ?? []), ...(step.unsure ?? [])])).filter((each) => each.kind === kind.tag).map((each) => each.field)

/** Some kinds are told flat, some with their values apart. */
export const valuesOf = (data: RecordData): Values => data.values ?? data

/** How each field reads, by name: the program's own words where it said some. */
export function readingOf(answer: Answer<RecordData>, kind: Kind, language: string): Record<string, string> {
  const said = new Map(factsOf(answer))
  const values = valuesOf(answer.data)
  const reading: Record<string, string> = {}
  for (const field of kind.fields) {
    const value = values[field.name]
    if (value === undefined || value === null || value === '') continue
    // What a reference points at is named by the program alone.
    if (field.type === 'ref' && !said.has(field.label)) continue
    reading[field.name] = said.get(field.label) ?? valueText(field, value, language)
  }
  return reading
}

/** Inputs that name the record itself, or the one it hangs on. */
export function givenFor(action: Action, kind: Kind, kinds: Kind[], id: string, values: Values): Inputs {
  const given: Inputs = {}
  const parent = kind.parent ? fieldOf(kind, kind.parent) : undefined
  const called = (key: string) => kinds.find((each) => each.word === key.replace(/_/g, '-'))
  const stands = action.inputs.filter((input) => input.stands && !input.file)
  for (const input of stands) {
    const of = called(input.key)
    if (of?.tag === kind.tag) given[input.key] = input.give === 'some' ? [id] : id
    else if (parent && of && parent.link?.split('|').includes(of.tag)) {
      given[input.key] = values[parent.name] as string
    }
  }
  if (Object.keys(given).length === 0 && stands[0]) given[stands[0].key] = id
  return given
}

/** The input of a kind's add action that names the record it is to hang on. */
export function parentInput(action: Action, child: Kind, parent: Kind): string | undefined {
  const keys = [parent.word.replace(/-/g, '_'), child.parent ?? '']
  return action.inputs.find((input) => keys.includes(input.key))?.key
}

/** The input of a child's list that names what its records hang on: a filter, or the record itself. */
export function takesParent(list: Action, child: Kind, parent: Kind): 'where' | string | undefined {
  if (list.inputs.some((input) => input.key === 'where')) return 'where'
  return parentInput(list, child, parent)
}
