// The first run: which of its four steps is next, from what the agent tells.
import type { Station } from '@/parts/ProcessStrip.vue'

import type { DeviceState, Vault } from '../agent/agent'

export const steps = ['passphrase', 'invite', 'compare', 'wait'] as const
export type Step = (typeof steps)[number]

/** `checked`: the office of the invite answered and its fingerprint is on the screen. */
export function stepOf(vault: Vault, device: DeviceState, checked: boolean): Step {
  if (vault === 'none') return 'passphrase'
  if (device === 'pending') return 'wait'
  return checked ? 'compare' : 'invite'
}

/** The steps as stations; one that stopped the run is marked so. */
export function stationsOf(step: Step, stopped: boolean): { name: Step; state: Station['state'] }[] {
  const at = steps.indexOf(step)
  return steps.map((name, place) => ({
    name,
    state: place < at ? 'done' : place > at ? 'future' : stopped ? 'returned' : 'current',
  }))
}

/** A fingerprint in the groups people read aloud. */
export function groupsOf(fingerprint: string): string[] {
  const groups = fingerprint.split(/[-\s]+/).filter(Boolean)
  return groups.length === 1 ? (groups[0]!.match(/.{1,4}/g) ?? []) : groups
}
