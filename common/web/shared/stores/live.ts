// What the program tells by itself: counts for the menu, records that changed, syncs under way.
import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'

import { type Changed, type Counts, listen } from '@/api/events'

type Hearer = (changed: Changed) => void

export const useLive = defineStore('live', () => {
  const counts = reactive<Counts>({ cases: 0, proposals: 0, approvals: 0, notifications: 0, late: 0 })
  const connected = ref(true)
  const syncing = reactive(new Map<string, string>())
  const hearers = new Set<Hearer>()
  let stop: (() => void) | null = null

  function start() {
    stop ??= listen({
      counts: (told) => Object.assign(counts, told),
      changed: (changed) => hearers.forEach((hear) => hear(changed)),
      sync: ({ device, phase }) =>
        phase === 'done' || phase === 'cut' ? syncing.delete(device) : syncing.set(device, phase),
      connected: (is) => (connected.value = is),
    })
  }
  function end() {
    stop?.()
    stop = null
    syncing.clear()
  }
  /** Hears of changed records until the returned function is called. */
  function onChanged(hear: Hearer): () => void {
    hearers.add(hear)
    return () => hearers.delete(hear)
  }
  return { counts, connected, syncing, start, end, onChanged }
})
