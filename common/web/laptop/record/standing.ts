// How a record stands between this laptop and the office: told in English words (client/reading),
// shown as a pill.
import type { PillTone } from '@/parts/StatusPill.vue'
import type { Kind, Values } from '@/schema/kinds'

const looks: Record<string, [PillTone, string]> = {
  'waiting for sync': ['wait', '↑'],
  'waiting for upload': ['wait', '↑'],
  'sealed, waiting for upload': ['wait', '↑'],
  'waiting for verification': ['pending', '✎'],
  'in a case': ['bad', '⇆'],
  'not taken': ['bad', '↩'],
}

/** Undefined for what is as the office has it. */
export const lookOf = (state: string): [PillTone, string] | undefined =>
  looks[state] ?? (state.startsWith('waiting for verification') ? looks['waiting for verification'] : undefined)

/** What the workflows call the state of a record that was sent back to its author. */
export const returnedState = 'returned'
export const standsReturned = (kind: Kind, values: Values) =>
  (kind.machines ?? []).some((machine) => values[machine.field] === returnedState)
