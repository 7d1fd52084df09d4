// What waits for the person today, the most urgent first.
import type { Values } from '@/schema/kinds'
import { dayMs } from '@/schema/time'

import { fateOf, isMadeGood, type TrayRow } from '../inbox/tray'

export type MatterKind = 'returned' | 'refused' | 'case' | 'overdue' | 'task' | 'due' | 'told' | 'settled' | 'pending'
export interface Matter {
  key: string
  kind: MatterKind
  /** Whose it is: the customer, or what was wanted. */
  title: string
  line: string
  /** The day it is to be done by; empty for none. */
  day: string
  /** Whole days past that day; 0 for none. */
  late: number
  /** What it is about. */
  customer?: { id: string; name: string }
  /** Number of the case or the tray item. */
  number?: number
  record?: { word: string; id: string }
  /** The notification that tells it. */
  note?: string
}

export interface Visit {
  id: string
  customer: string
  /** Name of the customer. */
  name: string
  at: number
  next: string
  next_on: string
  kind: string
}
export interface OpenCase {
  number: number
  customer: string
  field: string
  due: string
}
/** A file that was sent back to its author. */
export interface Returned {
  id: string
  name: string
}
/** What a task or notification is about: the record and what people call it. */
export interface Subject {
  word: string
  id: string
  name: string
}
export interface Task {
  id: string
  text: string
  due: string
  about?: Subject
}
/** Something that was done with a record of the person's. */
export interface Note {
  id: string
  text: string
  reason: string
  about?: Subject
}

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** Of each customer the newest visit counts: a later one settles what an earlier one agreed. */
function standingSteps(visits: Visit[]): Visit[] {
  const newest = new Map<string, Visit>()
  for (const visit of visits) {
    const before = newest.get(visit.customer)
    if (!before || before.at < visit.at) newest.set(visit.customer, visit)
  }
  return [...newest.values()]
    .filter((visit) => visit.next_on !== '')
    .sort((a, b) => a.next_on.localeCompare(b.next_on))
}

/** Next steps that stand and are due by `today`, the oldest first. */
export const dueSteps = (visits: Visit[], today: string) =>
  standingSteps(visits).filter((visit) => visit.next_on <= today)
/** Next steps after `today`, the nearest first. */
export const comingSteps = (visits: Visit[], today: string) =>
  standingSteps(visits).filter((visit) => visit.next_on > today)

const ranks: Record<MatterKind, number> = { returned: 0, refused: 1, case: 2, overdue: 3, task: 4, due: 5, told: 6, settled: 7, pending: 8 }
/** What only tells, and asks nothing of the person. */
const telling = new Set<MatterKind>(['told', 'settled', 'pending'])

/** How many of them need the person. */
export const needing = (matters: Matter[]) => matters.filter((each) => !telling.has(each.kind)).length

export function mattersOf(
  tray: TrayRow[],
  cases: OpenCase[],
  visits: Visit[],
  tasks: Task[],
  today: string,
  returned: Returned[] = [],
  notes: Note[] = [],
): Matter[] {
  const days = (due: string) => (due ? Math.max(0, daysBetween(due, today)) : 0)
  // Of a file that came back one line tells all: why, and until when it is to go again.
  const ofFile = (file: Returned) => (each: Task | Note) => each.about?.id === file.id
  const found: Matter[] = returned.map((each) => {
    const due = tasks.find(ofFile(each))?.due ?? ''
    return { key: `file-${each.id}`, kind: 'returned', title: each.name, line: notes.find(ofFile(each))?.reason ?? '', day: due, late: days(due), record: { word: 'customer', id: each.id } }
  })
  const isTold = (each: Task | Note) => returned.some((file) => file.id === each.about?.id)
  for (const item of tray) {
    const fate = fateOf(item.state, item.outcome)
    // What a case settles is told with the case.
    if (item.told_by_case || isMadeGood(item)) continue
    found.push({ key: `tray-${item.id}`, kind: fate !== 'pending' && fate !== 'case' ? 'refused' : item.settled ? 'settled' : 'pending', title: item.title || item.what, line: item.reason, day: '', late: 0, number: item.id })
  }
  for (const each of cases) {
    found.push({ key: `case-${each.number}`, kind: 'case', title: each.customer, line: each.field, day: each.due, late: Math.max(0, each.due ? daysBetween(each.due, today) : 0), number: each.number })
  }
  for (const each of dueSteps(visits, today)) {
    const late = daysBetween(each.next_on, today)
    found.push({ key: `visit-${each.id}`, kind: late > 0 ? 'overdue' : 'due', title: each.name, line: each.next, day: each.next_on, late, customer: { id: each.customer, name: each.name } })
  }
  for (const each of tasks.filter((task) => !isTold(task))) {
    found.push({ key: `task-${each.id}`, kind: 'task', title: each.about?.name || each.text, line: each.about?.name ? each.text : '', day: each.due, late: days(each.due), record: each.about ?? { word: 'task', id: each.id } })
  }
  for (const each of notes.filter((note) => !isTold(note))) {
    found.push({ key: `note-${each.id}`, kind: 'told', title: each.about?.name || each.text, line: each.about?.name ? each.text : '', day: '', late: 0, record: each.about ?? { word: 'notification', id: each.id }, note: each.id })
  }
  return found.sort((a, b) => ranks[a.kind] - ranks[b.kind] || a.day.localeCompare(b.day))
}

/** Visits out of a list of communications; `names`: what its table calls the customers. */
export function visitsOf(records: Values[], names: string[]): Visit[] {
  return records.map((each, at) => ({
    id: String(each.id),
    customer: String(each.customer_id ?? ''),
    name: names[at] ?? '',
    at: Number(each.started_at ?? 0),
    next: String(each.next_action ?? ''),
    next_on: String(each.next_on ?? ''),
    kind: String(each.kind ?? ''),
  }))
}
