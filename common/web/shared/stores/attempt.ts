// One thing a person asks the program to do, and its state: under way, refused, not reached.
import { computed, ref } from 'vue'

import { Refused, type Refusal, Unreachable } from '@/api/answer'
import { texts } from '@/texts/texts'

/** Why something was not done, in words. Errors: whatever is neither a refusal nor a program out of reach. */
export function whyNot(error: unknown): string {
  if (error instanceof Refused) return error.refusal.message
  if (error instanceof Unreachable) return texts.global.t('error.unreachable')
  throw error
}

export function useAttempt() {
  const running = ref(false)
  const refusal = ref<Refusal | null>(null)
  const unreachable = ref(false)
  /** Why it was not done; empty while nothing is wrong. */
  const why = computed(() => (unreachable.value ? texts.global.t('error.unreachable') : (refusal.value?.message ?? '')))

  function forget() {
    refusal.value = null
    unreachable.value = false
  }
  /** Keeps why something was not done. Errors: as `whyNot`. */
  function failed(error: unknown) {
    if (error instanceof Refused) refusal.value = error.refusal
    else if (error instanceof Unreachable) unreachable.value = true
    else throw error
  }
  /** What the work came to; undefined when it failed, or when another is under way. `refused` hears of a refusal. */
  async function attempt<T>(work: () => Promise<T>, refused?: (error: Refused) => void): Promise<T | undefined> {
    if (running.value) return undefined
    running.value = true
    forget()
    try {
      return await work()
    } catch (error) {
      failed(error)
      if (error instanceof Refused) refused?.(error)
      return undefined
    } finally {
      running.value = false
    }
  }
  return { running, refusal, unreachable, why, forget, failed, attempt }
}
