// The form of a visit: how it begins, what it still misses, what is sent.
import type { Inputs } from '@/api/actions'
import type { Kind } from '@/schema/kinds'
import { dayMs, dayOf, minuteMs, timeText } from '@/schema/time'

export interface Person {
  id: string
  name: string
}
/** A field of the customer's file and what it was learned to be. */
export interface Learned {
  field: string
  value: string | string[]
}
export interface VisitForm {
  customer: Person | null
  contacts: string[]
  kind: string
  /** 2026-03-24 16:30 at the office. */
  started: string
  /** Whether a person set it; until then it moves with the duration. */
  timed: boolean
  /** Minutes, as typed; empty when not said. */
  minutes: string
  content: string
  result: string
  next_on: string
  /** Every other field by name. */
  more: Record<string, string | string[]>
  changes: Learned[]
}

export function freshVisit(now: number, customer: Person | null, kind: string): VisitForm {
  return { customer, contacts: [], kind, started: timeText(now), timed: false, minutes: '', content: '', result: '', next_on: '', more: {}, changes: [] }
}

/** Wall-clock text moved by minutes, in whatever zone it was written. */
export function movedBy(time: string, minutes: number): string {
  const at = Date.parse(`${time.replace(' ', 'T')}:00Z`)
  return Number.isNaN(at) ? time : new Date(at + minutes * minuteMs).toISOString().slice(0, 16).replace('T', ' ')
}

/** A duration was picked: what is recorded afterwards ended by now, so an unset time moves back. */
export function withMinutes(form: VisitForm, minutes: string, now: number): VisitForm {
  const long = Number(minutes)
  if (form.timed || !(long > 0)) return { ...form, minutes }
  return { ...form, minutes, started: movedBy(timeText(now), -long) }
}

/** The end the duration says; empty without one. */
export const endOf = (form: VisitForm) =>
  Number(form.minutes) > 0 ? movedBy(form.started, Number(form.minutes)) : ''

/** Fields this kind requires once the others read as they do. */
export function neededBy(kind: Kind | undefined, form: VisitForm): string[] {
  const value = (name: string) => (name === 'kind' ? form.kind : form.more[name])
  return (kind?.needs ?? [])
    .filter((need) => {
      const cause = value(need.field)
      return cause !== undefined && cause !== '' && (need.codes.length === 0 || need.codes.includes(String(cause)))
    })
    .map((need) => need.needed)
}

/** Names of the fields still to be filled, in the order of the form. */
export function missingOf(kind: Kind | undefined, form: VisitForm): string[] {
  const missing: string[] = []
  if (!form.customer) missing.push('customer_id')
  if (form.kind === '') missing.push('kind')
  if (form.started === '') missing.push('started_at')
  for (const name of neededBy(kind, form)) if (!String(form.more[name] ?? '').trim()) missing.push(name)
  if (form.content.trim() === '') missing.push('content')
  return missing
}

/** What is sent to record it. */
export function inputsOf(form: VisitForm): Inputs {
  return {
    ...form.more,
    customer: form.customer?.id,
    with: form.contacts,
    kind: form.kind,
    started_at: form.started,
    ended_at: endOf(form),
    content: form.content.trim(),
    result: form.result,
    next_on: form.next_on,
    changes: form.changes
      .filter((each) => each.field !== '' && each.value.length > 0)
      .map((each) => `${each.field}=${Array.isArray(each.value) ? each.value.join('、') : each.value}`),
  }
}

/** Whether anything was typed that would be missed. */
export const isBegun = (form: VisitForm) =>
  form.content.trim() !== '' || form.customer !== null || form.changes.length > 0 || Object.values(form.more).some((each) => each.length > 0)

export interface DayChip {
  key: 'tomorrow' | 'days' | 'week'
  day: string
}
/** The days a next step is usually put on. */
export function dayChips(now: number): DayChip[] {
  const day = (after: number) => dayOf(now + after * dayMs)
  return [
    { key: 'tomorrow', day: day(1) },
    { key: 'days', day: day(3) },
    { key: 'week', day: day(7) },
  ]
}
