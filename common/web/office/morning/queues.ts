// The queues of the office as rows: how many wait, how many are late, what is first.
import { dayOf } from '@/schema/time'

import { firstOf, oldest, type Waiting } from './night'

export interface Queue {
  /** Entry of the menu. */
  name: string
  action: string
  path: string
  matters: Waiting[]
  late: number
  oldest?: Waiting
  first?: Waiting
}

export interface Told {
  text?: string
  number?: number
  title?: string
  kind?: string
  field?: string
  state?: string
  late?: boolean
  due_on?: string
  opened_at?: string
  proposed_at?: string
  found_at?: string
  received_at?: string
  created_at?: number
  enrolled_at?: string
  code?: string
  user?: string
  a?: { name: string }
  b?: { name: string }
}

/** Per queue: the list it comes from, and which of its rows wait. */
const rows: { name: string; action: string; path: string; waits: (told: Told) => boolean }[] = [
  { name: 'cases', action: 'case.list', path: '/cases', waits: () => true },
  { name: 'proposals', action: 'proposal.list', path: '/proposals', waits: () => true },
  { name: 'duplicates', action: 'dup.list', path: '/duplicates', waits: () => true },
  { name: 'held', action: 'held.list', path: '/held', waits: () => true },
  { name: 'tasks', action: 'task.list', path: '/kinds/task', waits: () => true },
  { name: 'devices', action: 'device.list', path: '/devices', waits: (told) => told.state === 'pending' },
]

export function queuesOf(
  dataOf: (action: string) => Told[],
  fieldLabel: (kind: string, field: string) => string,
  now: number,
): Queue[] {
  const today = dayOf(now)
  return rows.map((row) => {
    const matters = dataOf(row.action)
      .filter(row.waits)
      .map((told): Waiting => ({
        number: told.number ?? 0,
        title: told.title ?? (told.a && told.b ? `${told.a.name} · ${told.b.name}` : [told.code, told.user].filter(Boolean).join(' ')),
        field: told.kind && told.field ? fieldLabel(told.kind, told.field) : undefined,
        due_on: told.due_on,
        since: told.opened_at ?? told.proposed_at ?? told.found_at ?? told.received_at ?? told.enrolled_at ?? new Date(told.created_at ?? now).toISOString(),
        late: told.late === true || (told.due_on !== undefined && told.due_on < today),
      }))
    return {
      name: row.name,
      action: row.action,
      path: row.path,
      matters,
      late: matters.filter((each) => each.late).length,
      oldest: oldest(matters),
      first: firstOf(matters),
    }
  })
}
