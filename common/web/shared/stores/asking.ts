// One question to the program and its state: what components show while they wait, when it is
// refused, and when a purpose is missing.
import { ref, shallowRef } from 'vue'

import { type Answer, Refused, type Refusal, Unreachable } from '@/api/answer'

/** Faults that say: state a purpose and ask again. */
export const needsPurpose = (refusal: { id: string } | undefined) => refusal?.id === 'access.purpose_needed'

export function useAsking<T>(ask: (purpose: string, signal: AbortSignal) => Promise<Answer<T>>) {
  const answer = shallowRef<Answer<T> | null>(null)
  const refusal = ref<Refusal | null>(null)
  const unreachable = ref(false)
  const waiting = ref(false)
  const purpose = ref('')
  let running: AbortController | null = null

  /** Asks; what an earlier question still brings is thrown away. */
  async function load(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    waiting.value = true
    try {
      const found = await ask(purpose.value, mine.signal)
      if (running !== mine) return
      answer.value = found
      refusal.value = null
      unreachable.value = false
    } catch (error) {
      if (running !== mine) return
      if (error instanceof Refused) refusal.value = error.refusal
      else if (error instanceof Unreachable) unreachable.value = true
      else throw error
      if (error instanceof Refused) answer.value = null
    } finally {
      if (running === mine) waiting.value = false
    }
  }
  /** Asks again with the purpose stated; it holds until the page is left. */
  async function state(text: string): Promise<void> {
    purpose.value = text
    await load()
  }
  return { answer, refusal, unreachable, waiting, purpose, load, state }
}
