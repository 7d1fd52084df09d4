// What the program tells by itself: records that changed, and what one program alone tells.
import { defineStore } from 'pinia'
import { onBeforeUnmount, onMounted, ref, watch } from 'vue'

import { standing } from '@/api/client'
import { type Changed, listen } from '@/api/events'
import { texts } from '@/texts/texts'

interface Hearer {
  fits: (changed: Changed) => boolean
  hear: () => void
}
/** What stands for every kind. */
const everything = '*'

export const useLive = defineStore('live', () => {
  const connected = ref(true)
  const hearers = new Set<Hearer>()
  let stop: (() => void) | null = null
  let heard: Record<string, (document: never) => void> = {}
  // What is told from now on is told in the language that is read from now on.
  watch(texts.global.locale, () => {
    if (!stop) return
    stop()
    stop = null
    start(heard)
  })

  /** `more`: further events by name. */
  function start(more: Record<string, (document: never) => void> = {}) {
    heard = more
    stop ??= listen({
      more,
      changed: (changed) =>
        hearers.forEach((each) => (changed.kind === everything || each.fits(changed)) && each.hear()),
      over: () => standing.signedOut(),
      connected: (is) => (connected.value = is),
    })
  }
  function end() {
    stop?.()
    stop = null
    connected.value = true
  }
  /** Hears of changed records that fit until the returned function is called. */
  function onChanged(fits: Hearer['fits'], hear: () => void): () => void {
    const hearer = { fits, hear }
    hearers.add(hearer)
    return () => hearers.delete(hearer)
  }
  return { connected, start, end, onChanged }
})

/** Hears of changed records that fit while the component is there. */
export function useChanges(fits: Hearer['fits'], hear: () => void): void {
  const live = useLive()
  let stop: (() => void) | undefined
  onMounted(() => (stop = live.onChanged(fits, hear)))
  onBeforeUnmount(() => stop?.())
}

/** To be called while much changes: does `work` once nothing came for `restMs`, unless the component has gone. */
export function useRest(work: () => void, restMs: number): () => void {
  let later: ReturnType<typeof setTimeout> | undefined
  let isGone = false
  onBeforeUnmount(() => {
    isGone = true
    clearTimeout(later)
  })
  return () => {
    clearTimeout(later)
    if (!isGone) later = setTimeout(work, restMs)
  }
}
