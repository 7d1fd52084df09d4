// What the night brought, from the lists of syncs, matters and devices. Counts only.
import { dayMs, hourMs, hourOf } from '@/schema/time'

export interface Sync {
  number: number
  device: string
  user: string
  started_at: string
  finished: boolean
  /** What people did, as their laptops count it. */
  changesets: number
  /** The values it was made up of; each is answered by itself. */
  ops: number
  /** Of these, answered by rules alone. */
  by_rule: number
  cases: number
  proposals: number
  late: number
  rejected: number
  clock_offset_ms: number
}
export interface Device {
  code: string
  user: string
  state: string
  last_session: string | null
  clock_offset_ms: number | null
}
export interface Waiting {
  number: number
  title: string
  field?: string
  due_on?: string
  /** When it came up. */
  since: string
  late: boolean
}

/** The evening the night began: 18:00 of the day before in the office's zone (UTC+8). */
export function nightStart(now: number): number {
  const offset = 8 * hourMs
  const today = Math.floor((now + offset) / dayMs) * dayMs - offset
  return today - dayMs + 18 * hourMs
}

export interface Night {
  devices: number
  changes: number
  items: number
  automatic: number
  cases: number
  proposals: number
  refused: number
}

/** Sums over the syncs that began since. */
export function nightOf(syncs: Sync[], since: number): Night {
  const night = { devices: 0, changes: 0, items: 0, automatic: 0, cases: 0, proposals: 0, refused: 0 }
  const devices = new Set<string>()
  for (const sync of syncs) {
    if (Date.parse(sync.started_at) < since) continue
    if (sync.finished) devices.add(sync.device)
    night.changes += sync.changesets
    night.items += sync.ops
    night.automatic += sync.by_rule
    night.cases += sync.cases
    night.proposals += sync.proposals
    night.refused += sync.rejected
  }
  night.devices = devices.size
  return night
}

export interface Hour {
  hour: number
  whole: number
  cut: number
}

/** Syncs an hour, from the hour of `since` over `hours` hours. */
export function hoursOf(syncs: Sync[], since: number, hours: number): Hour[] {
  const found = Array.from({ length: hours }, (_, at) => ({
    hour: hourOf(since + at * hourMs),
    whole: 0,
    cut: 0,
  }))
  for (const sync of syncs) {
    const at = Math.floor((Date.parse(sync.started_at) - since) / hourMs)
    const slot = found[at]
    if (slot) slot[sync.finished ? 'whole' : 'cut'] += 1
  }
  return found
}

/** Days a device has not synced; undefined for one that never did. */
export function daysSilent(device: Device, now: number): number | undefined {
  return device.last_session ? Math.floor((now - Date.parse(device.last_session)) / dayMs) : undefined
}

export function oldest(matters: Waiting[]): Waiting | undefined {
  return [...matters].sort((a, b) => Date.parse(a.since) - Date.parse(b.since))[0]
}

/** What is to be done first: by due date, then by age. */
export function firstOf(matters: Waiting[]): Waiting | undefined {
  const due = (each: Waiting) => each.due_on ?? '9999'
  return [...matters].sort(
    (a, b) => due(a).localeCompare(due(b)) || Date.parse(a.since) - Date.parse(b.since),
  )[0]
}
