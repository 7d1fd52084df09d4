// What an attempt to unlock came to, in what the page does about it.
import { Refused, Unreachable } from '@/api/answer'

export type Attempt =
  | { came: 'wrong'; message: string }
  | { came: 'wait'; seconds: number }
  | { came: 'unreachable' }
  | { came: 'refused'; message: string }

/** Any 401 but those about the browser itself means a wrong passphrase. */
export function attemptOf(error: unknown): Attempt {
  if (error instanceof Unreachable) return { came: 'unreachable' }
  if (!(error instanceof Refused)) throw error
  const { refusal, status } = error
  if (status === 429) return { came: 'wait', seconds: Math.max(1, Math.ceil(refusal.seconds ?? 1)) }
  const isBrowser = ['page.unknown', 'page.wrong_token'].includes(refusal.id)
  return { came: status === 401 && !isBrowser ? 'wrong' : 'refused', message: refusal.message }
}
