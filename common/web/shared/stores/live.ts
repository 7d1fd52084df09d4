// What the program tells by itself: counts for the menu, records that changed, syncs under way.
import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'

import { standing } from '@/api/client'
import { type Changed, type Counts, listen } from '@/api/events'

interface Hearer {
  fits: (changed: Changed) => boolean
  hear: () => void
}
/** What stands for every kind. */
const everything = '*'

export const useLive = defineStore('live', () => {
  const counts = reactive<Counts>({ cases: 0, proposals: 0, approvals: 0, tasks: 0, notifications: 0, late: 0 })
  const connected = ref(true)
  const syncing = reactive(new Map<string, string>())
  const hearers = new Set<Hearer>()
  let stop: (() => void) | null = null

  function start() {
    stop ??= listen({
      counts: (told) => Object.assign(counts, told),
      changed: (changed) =>
        hearers.forEach((each) => (changed.kind === everything || each.fits(changed)) && each.hear()),
      sync: ({ device, phase }) =>
        phase === 'done' ? syncing.delete(device) : syncing.set(device, phase),
      over: () => standing.signedOut(),
      connected: (is) => (connected.value = is),
    })
  }
  function end() {
    stop?.()
    stop = null
    syncing.clear()
  }
  /** Hears of changed records that fit until the returned function is called. */
  function onChanged(fits: Hearer['fits'], hear: () => void): () => void {
    const hearer = { fits, hear }
    hearers.add(hearer)
    return () => hearers.delete(hearer)
  }
  return { counts, connected, syncing, start, end, onChanged }
})
