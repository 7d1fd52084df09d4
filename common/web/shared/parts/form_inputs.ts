// Which inputs of an action a form asks for, in which order, with which control, and what is sent.
import type { Action, Input, Inputs, Value } from '@/api/actions'
import { type Field, fieldOf, type Kind, type Option, type Values } from '@/schema/kinds'
import { typedText } from '@/schema/display'

/** General ways of the command line that a form has its own controls for. */
const wayOfWords = new Set(['set', 'clear', 'add', 'remove'])
/** What stands for a person or a place where an input is no field. */
const namedKinds: Record<string, [kind: string, takes: string]> = { LOGIN: ['user', 'login'] }

export interface Asked {
  input: Input
  field?: Field
  /** The field a new record hangs on, where the input names its record. */
  above?: Field
  /** The kind a picker lists, and the field whose value it gives. */
  picks?: [kind: string, takes: string]
  label: string
  required: boolean
  /** What its choices mean, a line each, under the control. */
  explained?: Explained
}
export interface Explained {
  title: string
  lines: [label: string, meaning: string][]
}

/** What a page knows better than the help of an input. */
export type Asks = Record<string, { label?: string; options?: Option[]; picks?: [string, string]; hidden?: boolean; explained?: Explained }>

/** The inputs of one form. `hidden` are given by the page itself. */
export function askedOf(
  action: Action,
  kind: Kind | undefined,
  kinds: Kind[],
  hidden: string[] = [],
  asks: Asks = {},
): Asked[] {
  // A new record needs what its kind requires, however the action takes it; one that is there
  // needs no telling what it hangs on.
  const adds = action.name.endsWith('.add')
  const edits = action.name.endsWith('.edit')
  const plain = kind !== undefined && action.inputs.some((input) => fieldOf(kind, input.key))
  // "customer" and "customer_id" ask the same.
  const asked = action.inputs
    .filter((input) => !hidden.includes(input.key) && input.file !== 'out' && !asks[input.key.replace(/-/g, '_')]?.hidden)
    .filter((input) => !(plain && wayOfWords.has(input.key)))
    .filter((input) => !action.inputs.some((other) => input.key === `${other.key}_id`))
    .map((input) => askedFor(input, kind, kinds, asks[input.key.replace(/-/g, '_')] ?? {}))
    .filter((each) => !(edits && !each.field && each.picks && !each.input.stands))
    .map((each) => ({ ...each, required: each.required || (adds && mustBeTyped(each.field)) }))
  if (!kind?.form) return asked
  const places = new Map(kind.form.map((name, at) => [name, at]))
  // What is made along with a record is met after what it must have, not behind all it may have.
  const rank = (each: Asked) =>
    (each.required ? -1000 : each.input.along ? -1800 : 0) + (places.get((each.field ?? each.above)?.name ?? '') ?? (each.field ? 500 : 900))
  return asked.sort((a, b) => rank(a) - rank(b))
}

function askedFor(
  input: Input,
  kind: Kind | undefined,
  kinds: Kind[],
  known: Asks[string],
): Asked {
  const field = fieldOf(kind, input.field ?? input.key)
  // What is made along with it is typed, not picked.
  const called = input.along ? undefined : kinds.find((each) => each.word === input.key.replace(/_/g, '-'))
  const parent = kind?.parent ? fieldOf(kind, kind.parent) : undefined
  const above = called && (parent?.link ?? '').split('|').includes(called.tag) ? parent : undefined
  return {
    input: known.options ? { ...input, options: known.options } : input,
    field,
    above,
    picks: field ? undefined : (known.picks ?? namedKinds[input.value ?? ''] ?? placeOf(input, called)),
    label: known.label ?? field?.label ?? above?.label ?? called?.name ?? input.help,
    required: input.give === 'required' || input.give === 'some',
    explained: known.explained,
  }
}

/** People are called by their login, places by their code, everything else by its id. */
function placeOf(input: Input, called: Kind | undefined): [string, string] | undefined {
  if (!called) return undefined
  const short = ['login', 'code'].find((name) => fieldOf(called, name) !== undefined)
  return [called.tag, input.stands ? 'id' : (short ?? 'id')]
}

/** Required, and nothing is filled in where it is not said. */
const mustBeTyped = (field: Field | undefined) =>
  field?.required === true && !field.preset && field.type !== 'bool'

export const isMany = (asked: Asked) =>
  asked.input.give === 'many' ||
  asked.input.give === 'some' ||
  ['set', 'list', 'reflist'].includes(asked.field?.type ?? '')

/** What a form begins with: the record's values as one would type them. */
export function firstValues(asked: Asked[], values: Values, preset: Inputs): Inputs {
  const first: Inputs = {}
  for (const each of asked) {
    const key = each.input.key
    const held = each.field ? values[each.field.name] : undefined
    if (preset[key] !== undefined) first[key] = preset[key]
    else if (each.input.give === 'flag') first[key] = false
    else if (isMany(each)) {
      first[key] = Array.isArray(held)
        ? held.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)))
        : []
    } else first[key] = each.field ? typedText(each.field, held) : ''
  }
  return first
}

const same = (a: Value, b: Value) => JSON.stringify(a) === JSON.stringify(b)
const isEmpty = (value: Value) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What is sent: what differs from the beginning; what was emptied is cleared by name. */
export function changedInputs(asked: Asked[], first: Inputs, now: Inputs, clears: boolean): Inputs {
  const sent: Inputs = {}
  const cleared: string[] = []
  for (const each of asked) {
    const key = each.input.key
    if (same(first[key], now[key]) && !each.required) continue
    if (isEmpty(now[key])) {
      if (clears && each.field) cleared.push(each.field.name)
    } else sent[key] = now[key]
  }
  if (cleared.length > 0) sent.clear = cleared
  return sent
}

/** A field changed here and by somebody else, with its three values. */
export interface Contested {
  key: string
  label: string
  base: Value
  present: Value
  mine: Value
  field?: Field
}

/** Fields whose value is no longer what the form began with, and neither what is to be written. */
export function contestedBy(asked: Asked[], first: Inputs, present: Inputs, now: Inputs): Contested[] {
  return asked
    .map(({ input: { key }, label, field }) => ({ key, label, field, base: first[key], present: present[key], mine: now[key] }))
    .filter((each) => !same(each.mine, each.base) && !same(each.present, each.base) && !same(each.present, each.mine))
}
