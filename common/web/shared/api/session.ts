// Signing in and what belongs to it.
import { base, request } from './client'

/** Characters of a password at least: what the office asks for. */
export const passwordLettersMin = 10

export interface SessionDocument {
  user: string
  name: string
  role: string
  region: string
  clearance: number
  csrf: string
  expires: string
  /** What must be set before anything else is allowed. */
  needs: 'password' | 'second_factor' | ''
  second_factor: boolean
  /** How many recovery codes are left. */
  recovery_codes: number
  idle_minutes: number
}
export interface Credentials {
  user: string
  password: string
  code?: string
  agreement?: boolean
}
export interface OpenSession {
  id: string
  began_at: string
  seen_at: string
  ends_at: string
  address: string
  /** The one this page speaks in. */
  present: boolean
}
export interface SecondFactor {
  secret: string
  uri: string
  qr: string
}

const path = `${base}/session`

export const current = () => request<SessionDocument>(path)
export const signIn = (who: Credentials) =>
  request<SessionDocument>(path, { method: 'POST', body: who })
export const signOut = () => request<unknown>(path, { method: 'DELETE' })
export const openSessions = () =>
  request<OpenSession[]>(`${base}/sessions`)
export const endSession = (id: string) =>
  request<unknown>(`${base}/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })
export const setPassword = (old: string, fresh: string) =>
  request<unknown>(`${path}/password`, { method: 'POST', body: { old, new: fresh } })
/** `code`: a present one, when there is a factor already. */
export const beginSecondFactor = (code?: string) =>
  request<SecondFactor>(`${path}/second-factor`, { method: 'POST', body: { code } })
export const confirmSecondFactor = (code: string) =>
  request<{ recovery: string[] }>(`${path}/second-factor`, { method: 'PUT', body: { code } })
export const resetPassword = (token: string, fresh: string) =>
  request<unknown>(`${path}/reset`, { method: 'POST', body: { token, new: fresh } })
