// The one place that talks HTTP: language, CSRF token, purpose, and refusals as exceptions.
import { type Answer, Refused, type Refusal, Unreachable } from './answer'
import { isCaused } from './presence'

export const base = '/api/v1'

export type Query = Record<string, string | string[] | undefined>

export interface Asking {
  method?: string
  query?: Query
  body?: unknown
  /** Why confidential values are read; goes into the audit. */
  purpose?: string
  signal?: AbortSignal
  /** Whether no person caused it; by itself, when nobody touched anything just before. */
  background?: boolean
}

/** Set by the stores; the client itself remembers nothing else. */
export const standing = {
  language: 'zh-CN',
  csrf: '',
  signedOut: () => {},
  /** Asks for the session anew: its CSRF token had changed. */
  renew: async () => {},
}

function address(path: string, query: Query = {}): string {
  const words = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== '') words.append(key, each)
    }
  }
  const text = words.toString()
  return text === '' ? path : `${path}?${text}`
}

function headersOf(asking: Asking): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': standing.language }
  if (asking.body !== undefined) headers['Content-Type'] = 'application/json'
  if (asking.method && asking.method !== 'GET') headers['X-CSRF-Token'] = standing.csrf
  if (asking.background ?? !isCaused()) headers['X-Background'] = '1'
  if (asking.purpose) headers['X-Purpose'] = encodeURIComponent(asking.purpose)
  return headers
}

async function received(asking: Asking, path: string): Promise<Response> {
  try {
    return await fetch(address(path, asking.query), {
      method: asking.method ?? 'GET',
      headers: headersOf(asking),
      body: asking.body === undefined ? undefined : JSON.stringify(asking.body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: asking.signal,
    })
  } catch (error) {
    if (asking.signal?.aborted) throw error
    throw new Unreachable()
  }
}

/** Letters that turn the direction of what follows, raw or escaped. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g
const mayTurn = /[\u202a-\u202e\u2066-\u2069]|\\u20(?:2[a-eA-E]|6[6-9])/

/** The document of a text. A letter that would turn the words around it shows as a mark instead. */
function documentOf(text: string): unknown {
  if (text === '') return null
  if (!mayTurn.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(turning, '\ufffd') : value,
  )
}

/** A refusal may stand in an answer document or alone. */
function refusalIn(document: unknown, status: number): Refusal {
  const found = (document ?? {}) as { refusal?: Refusal } & Partial<Refusal>
  if (found.refusal) return { ...found, ...found.refusal } as Refusal
  if (found.message) return found as Refusal
  return { id: `http.${status}`, code: status, message: `HTTP ${status}` }
}

/** Refusals that end the session, and those of an old CSRF token, of either program. */
const overIds = new Set(['session.over', 'page.locked', 'page.unknown'])
const forgedIds = new Set(['console.forged', 'page.forged'])

/** The document at `path`. Errors: Refused, Unreachable. */
export async function request<T>(path: string, asking: Asking = {}, again = false): Promise<T> {
  const response = await received(asking, path)
  const text = await response.text()
  let document: unknown = null
  try {
    document = documentOf(text)
  } catch {
    throw new Refused(refusalIn({ message: text.split('\n')[0] }, response.status), response.status)
  }
  if (!response.ok) {
    const refusal = refusalIn(document, response.status)
    if (overIds.has(refusal.id)) standing.signedOut()
    if (forgedIds.has(refusal.id) && !again) {
      await standing.renew()
      return request<T>(path, asking, true)
    }
    throw new Refused(refusal, response.status, document as Answer)
  }
  const refusal = (document as Answer | null)?.refusal
  if (refusal) throw new Refused(refusal, response.status, document as Answer)
  return document as T
}
