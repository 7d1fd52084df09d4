// The catalog as the program tells it: kinds and fields. Nothing about one kind is written in the
// pages; forms, lists and record pages derive from this.

export type FieldType =
  | 'text'
  | 'int'
  | 'money'
  | 'percent'
  | 'bool'
  | 'date'
  | 'time'
  | 'enum'
  | 'set'
  | 'list'
  | 'json'
  | 'ref'
  | 'reflist'

export interface Option {
  value: string
  label: string
}
export interface Field {
  name: string
  label: string
  type: FieldType
  length?: number
  required?: boolean
  /** The program fills it in where nothing is said. */
  preset?: boolean
  unique?: boolean
  options?: Option[]
  unit?: string
  secrecy?: number
  group?: string
  /** Kinds a reference may name, '|' between. */
  link?: string
  /** A change by who may only propose waits for its verification. */
  controlled?: boolean
  /** Whether a person sets it at all. */
  writable?: boolean
}
export interface MachineState extends Option {
  first?: boolean
  end?: boolean
  /** Of the ends: where it is meant to lead. */
  goal?: boolean
}
export interface MachineStep {
  name: string
  label: string
  from: string[]
  to: string
  /** Codes of the roles that may take it. */
  roles: string[]
}
/** A workflow: the field that holds the state, the states, the steps between them. */
export interface Machine {
  name: string
  label: string
  field: string
  states: MachineState[]
  steps: MachineStep[]
}
export interface Kind {
  tag: string
  word: string
  name: string
  /** What many of them are called. */
  many: string
  title?: string
  parent?: string
  fields: Field[]
  form?: string[]
  list?: string[]
  /** Lists people open by name, each a filter. */
  scenes?: { label: string; where: string }[]
  machines?: Machine[]
  /** `needed` must be filled when `field` is: with anything, or with one of the codes. */
  needs?: { field: string; codes: string[]; needed: string }[]
}
/** One way to meet a demand: a record of the kind with all of these fields filled, holding a code, or empty. */
export interface Way {
  kind: string
  fields: { name: string; code?: string; empty?: boolean }[]
}
/** What a file is submitted with. `by`: the field that says whom a demand concerns, `person` its code. */
export interface Submission {
  by: string
  person: string
  demands: { enterprise: boolean; person: boolean; ways: Way[] }[]
}
export interface Schema {
  submission?: Submission
  kinds: Kind[]
  roles: Option[]
  secrecies: Option[]
}

export type Values = Record<string, unknown>

export const fieldOf = (kind: Kind | undefined, name: string) =>
  kind?.fields.find((field) => field.name === name)

/** Fields of these names, in this order; names the kind does not have are passed over. */
export function fieldsNamed(kind: Kind, names: string[]): Field[] {
  return names.flatMap((name) => fieldOf(kind, name) ?? [])
}

/** Kinds whose records hang on one of this kind: their parent field names it. */
export function childrenOf(kinds: Kind[], kind: Kind): Kind[] {
  return kinds.filter((each) => {
    const parent = each.parent ? fieldOf(each, each.parent) : undefined
    return parent !== undefined && (parent.link ?? '').split('|').includes(kind.tag)
  })
}

/** How people recognise the record. */
export function titleOf(kind: Kind | undefined, values: Values): string {
  const value = kind?.title ? values[kind.title] : values['name']
  return typeof value === 'string' ? value : ''
}

/** The same as its page reads it: what the office wrote in both languages in one. */
export const titleIn = (kind: Kind | undefined, reading: Record<string, string>, values: Values): string =>
  (kind?.title && reading[kind.title]) || titleOf(kind, values)

/** What a field, or a group that merges as one value, is called. */
export function labelOf(kind: Kind | undefined, name: string): string {
  const field = fieldOf(kind, name)
  if (field) return field.label
  const members = kind?.fields.filter((each) => each.group === name) ?? []
  return members.length > 0 ? members.map((each) => each.label).join(' · ') : name
}

/** The usual way through a workflow: from its first state always the first step to a state that
 * was not passed and does not end it, but where it is meant to end. */
export function usualWay(machine: Machine): string[] {
  const way: string[] = []
  const isEnd = (state: string) => machine.states.some((each) => each.value === state && each.end && !each.goal)
  let at: string | undefined = (machine.states.find((each) => each.first) ?? machine.states[0])?.value
  while (at !== undefined && !way.includes(at)) {
    way.push(at)
    const from: string = at
    at = machine.steps.find(
      // A step that leads nowhere leaves the record where it is.
      (step) => step.to !== '' && step.from.includes(from) && !way.includes(step.to) && !isEnd(step.to),
    )?.to
  }
  return way
}
