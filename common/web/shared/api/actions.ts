// Actions by name: what the program's table says of each, and carrying one out.
import type { Answer } from './answer'
import { type Query, request } from './client'

export type Give = 'required' | 'optional' | 'flag' | 'many' | 'some'

export interface Input {
  key: string
  help: string
  give: Give
  stands: boolean
  /** The field of the kind it is read into. */
  field?: string
  /** Tag of the kind of a record that is made along with it. */
  along?: string
  /** What stands for its value in the help: LOGIN, DATE, N. */
  value?: string
  /** A file that goes in, or one that would be written. */
  file?: 'in' | 'out'
  options?: { value: string; label: string }[]
}

export interface Action {
  name: string
  words: string
  help: string
  method: string
  path: string
  kind?: string
  verb?: string
  may: boolean
  inputs: Input[]
}

export type Value = string | number | boolean | string[] | { name: string; data: string } | undefined
export type Inputs = Record<string, Value>

export interface Performing {
  purpose?: string
  signal?: AbortSignal
}

const empty = (value: Value) =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

function texts(inputs: Inputs): Query {
  const query: Query = {}
  for (const [key, value] of Object.entries(inputs)) {
    if (empty(value) || value === false) continue
    query[key] = Array.isArray(value) ? value.map(String) : String(value)
  }
  return query
}

/** The input of this name; in documents some keys have "-", some "_". */
export function inputOf(action: Action | undefined, name: string): Input | undefined {
  return action?.inputs.find((input) => input.key.replace(/-/g, '_') === name)
}

/** Carries the action out. Errors: Refused, Unreachable. */
export function perform<T>(
  action: Action,
  inputs: Inputs = {},
  how: Performing = {},
): Promise<Answer<T>> {
  const left = Object.fromEntries(
    Object.entries(inputs)
      .filter(([, value]) => !empty(value))
      .map(([name, value]) => [inputOf(action, name)?.key ?? name, value]),
  )
  const path = action.path.replace(/\{([\w-]+)\}/g, (_, key: string) => {
    const value = left[key]
    delete left[key]
    return encodeURIComponent(String(Array.isArray(value) ? value[0] : (value ?? '')))
  })
  return action.method === 'GET'
    ? request(path, { ...how, query: texts(left) })
    : request(path, { ...how, method: action.method, body: left })
}
