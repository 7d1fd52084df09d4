// What an action gives back, as both programs write it (common/action/answer.hpp).

export interface Facts {
  facts: [string, string][]
}
export interface Table {
  header: string[]
  rows: string[][]
}
export interface Line {
  line: string
}
export type Part = Facts | Table | Line

export interface Refusal {
  id: string
  code: number
  message: string
  next?: string
  field?: string
  seconds?: number
  /** What has to be agreed to, of `session.needs_agreement`; one may go on without when not required. */
  agreement?: string
  required?: boolean
}

export interface Answer<T = unknown> {
  parts: Part[]
  notes: string[]
  data: T
  next: string
  code: number
  refusal?: Refusal | null
}

/** A file that came out with an answer. */
export interface FileOut {
  name: string
  type: string
  data: string
}

/** The request was understood and not carried out. `answer` is what came before that. */
export class Refused extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly status: number,
    readonly answer?: Answer,
  ) {
    super(refusal.message)
  }
}

/** No answer came: the program is stopped, or the network is away. */
export class Unreachable extends Error {}

export const isTable = (part: Part): part is Table => 'rows' in part
export const isFacts = (part: Part): part is Facts => 'facts' in part

/** The first table of an answer; empty when it has none. */
export function tableOf(answer: Answer): Table {
  return answer.parts.find(isTable) ?? { header: [], rows: [] }
}

/** The labelled lines of an answer, in order. */
export function factsOf(answer: Answer): [string, string][] {
  return answer.parts.filter(isFacts).flatMap((part) => part.facts)
}

/** The records of a list: the data itself, or the one list in it. */
export function recordsOf<T>(answer: Answer<T[]>): T[] {
  const data: unknown = answer.data
  if (Array.isArray(data)) return data as T[]
  const lists = Object.values((data ?? {}) as object).filter(Array.isArray)
  return (lists[0] ?? []) as T[]
}
