// What the office tells by itself beside changed records: counts for the menu, syncs under way.
import { defineStore } from 'pinia'
import { reactive } from 'vue'

export interface Counts {
  cases: number
  proposals: number
  approvals: number
  tasks: number
  notifications: number
  late: number
}
interface Syncing {
  device: string
  phase: 'began' | 'under_way' | 'done'
}

export const useCounts = defineStore('counts', () => {
  const counts = reactive<Counts>({ cases: 0, proposals: 0, approvals: 0, tasks: 0, notifications: 0, late: 0 })
  const syncing = reactive(new Map<string, string>())
  const events = {
    counts: (told: Counts) => void Object.assign(counts, told),
    sync: ({ device, phase }: Syncing) =>
      void (phase === 'done' ? syncing.delete(device) : syncing.set(device, phase)),
  }
  return { counts, syncing, events }
})
