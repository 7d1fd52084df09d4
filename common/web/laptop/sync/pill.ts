// What the sync pill and the sync card say: the one state that matters most. Offline is no error,
// and no green tick shows while something waits to be looked at.
import type { PillTone } from '@/parts/StatusPill.vue'

import type { Progress, SyncState } from '../agent/agent'

export type PillName = 'syncing' | 'attention' | 'late' | 'offline' | 'waiting' | 'never' | 'synced'

export interface Pill {
  name: PillName
  tone: PillTone
  mark: string
}

const looks: Record<PillName, [PillTone, string]> = {
  syncing: ['wait', '◌'],
  attention: ['bad', '!'],
  late: ['bad', '↑'],
  offline: ['off', '☁'],
  waiting: ['wait', '↑'],
  never: ['off', '○'],
  synced: ['ok', '✓'],
}

/** How much waits to be looked at. */
export const openMatters = (sync: SyncState) => sync.unread + sync.cases

function nameOf(sync: SyncState): PillName {
  if (sync.state === 'syncing') return 'syncing'
  if (sync.state === 'attention' || openMatters(sync) > 0) return 'attention'
  if (sync.state === 'late') return 'late'
  if (sync.office === 'unreachable') return 'offline'
  if (sync.state === 'synced' && sync.unsent + sync.attachments_to_send > 0) return 'waiting'
  return sync.state
}

export function pillOf(sync: SyncState): Pill {
  const name = nameOf(sync)
  const [tone, mark] = looks[name]
  return { name, tone, mark }
}

/** How far a sync is, 0–1; undefined while it cannot be told. */
export function shareOf(progress: Progress | null, unsent: number): number | undefined {
  if (progress?.phase === 'push') return unsent > 0 ? Math.min(1, progress.sent / unsent) : undefined
  return progress?.phase === 'bye' || progress?.phase === 'finished' ? 1 : undefined
}

const kilo = 1024
/** 320 B, 86 KB, 1.2 MB. */
export function bytesText(bytes: number): string {
  if (bytes < kilo) return `${bytes} B`
  if (bytes < kilo * kilo) return `${Math.round(bytes / kilo)} KB`
  return `${(bytes / kilo / kilo).toFixed(1)} MB`
}
