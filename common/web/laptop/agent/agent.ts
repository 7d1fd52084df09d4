// The agent behind the page: sessions, the vault, and the state it tells of itself.
import type { Answer } from '@/api/answer'
import { base, request } from '@/api/client'

/** Characters of a passphrase at least: what the agent asks for (client.weak_passphrase). */
export const passphraseLettersMin = 8

export type Vault = 'none' | 'locked' | 'open'

export interface SessionDocument {
  csrf: string
  vault: Vault
  idle_minutes: number
}

export interface Told {
  id: string
  message: string
}
export interface Progress {
  /** hello push pull attachments bye, and whatever comes before and after. */
  phase: string
  sent: number
  received: number
  bytes: number
}
export interface SyncState {
  state: 'never' | 'synced' | 'waiting' | 'late' | 'syncing' | 'attention'
  office: 'unknown' | 'reached' | 'unreachable'
  unsent: number
  attachments_to_send: number
  attachments_to_fetch: number
  unread: number
  cases: number
  oldest_unsent: string | null
  last: string | null
  next_try: string | null
  late_after_days: number
  /** Whole days since the last sync, by the laptop's clock; 0 without one. */
  days_without: number
  night: string | null
  progress: Progress | null
  error: Told | null
  answer: Answer | null
}
export type DeviceState = 'none' | 'pending' | 'approved' | 'suspended' | 'revoked' | 'lost'
export interface LaptopState {
  vault: Vault
  device: string
  user: string
  user_id?: string
  server: string
  fingerprint: string
  /** The fingerprint as a picture (SVG text). */
  qr?: string
  device_state: DeviceState
  dir: string
  /** Nothing may be read: only recording works. */
  lock: Told | null
  readable_until: string | null
  customers: number
  sync: SyncState
  indexing: boolean
}

const path = `${base}/session`

/** The session the browser still holds. Errors: Refused (`page.unknown`, with `vault`), Unreachable. */
export const current = (background?: boolean) => request<SessionDocument>(path, { background })
export const enter = (token: string) =>
  request<SessionDocument>(path, { method: 'POST', body: { token } })
/** Opens the vault where it is locked. Errors: `vault.wrong_passphrase`, `page.wait` with seconds. */
export const unlock = (passphrase: string) =>
  request<SessionDocument>(path, { method: 'POST', body: { passphrase } })
/** First run only. Errors: `client.weak_passphrase`. */
export const makeVault = (passphrase: string) =>
  request<SessionDocument>(`${path}/vault`, { method: 'POST', body: { passphrase } })
export const lock = () => request<unknown>(`${base}/lock`, { method: 'POST', body: {} })
export const changePassphrase = (old: string, fresh: string) =>
  request<unknown>(`${base}/passphrase`, { method: 'POST', body: { old, new: fresh } })
export const stateNow = () => request<LaptopState>(`${base}/state`)
