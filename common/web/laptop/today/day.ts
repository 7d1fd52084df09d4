// Everything the first page asks the laptop: tray, cases, visits, tasks, what was opened last.
import { computed, onMounted, ref, shallowRef, watch } from 'vue'

import type { Inputs } from '@/api/actions'
import { type Answer, recordsOf, Refused, tableOf, Unreachable } from '@/api/answer'
import type { Values } from '@/schema/kinds'
import { dayOf } from '@/schema/time'
import { useCatalog } from '@/stores/catalog'
import { useChanges, useRest } from '@/stores/live'

import { useLaptop } from '../agent/laptop'
import { returnedState } from '../record/standing'
import { trayRows, type TrayItem, type TrayRow } from '../inbox/tray'
import { useVisiting } from '../visit/visiting'
import { reasonIn, saidAt } from '@/record/told'
import { comingSteps, mattersOf, type Note, type OpenCase, type Returned, type Subject, type Task, type Visit, visitsOf } from './matters'

/** How far back visits are looked at for steps that still stand. */
const visitsMax = 500
/** A list is asked again at most so often while much changes. */
const pauseMs = 500

export function useDay() {
  const catalog = useCatalog()
  const laptop = useLaptop()
  const visiting = useVisiting()
  const tray = shallowRef<TrayRow[]>([])
  const cases = shallowRef<OpenCase[]>([])
  const visits = shallowRef<Visit[]>([])
  const tasks = shallowRef<Task[]>([])
  const returned = shallowRef<Returned[]>([])
  const notes = shallowRef<Note[]>([])
  const loaded = ref(false)
  const unreachable = ref(false)
  const refused = ref('')
  const today = ref(dayOf(Date.now()))

  async function ask<T>(name: string, inputs: Inputs, take: (answer: Answer<T[]>) => void) {
    if (!catalog.may(name)) return
    try {
      take(await catalog.call<T[]>(name, inputs))
    } catch (error) {
      if (error instanceof Unreachable) unreachable.value = true
      else if (error instanceof Refused) refused.value = error.refusal.message
      else throw error
    }
  }
  const cell = (answer: Answer, row: number, column: number) => tableOf(answer).rows[row]?.[column] ?? ''
  /** The text of a task or notification: the third of the columns they are asked for. */
  const said = (answer: Answer, row: number, each: Values) => saidAt(answer, row, 2, String(each.text ?? ''))
  /** What it is about, where that lies here. */
  const about = (each: Values, name: string): Subject | undefined =>
    each.entity && each.subject_id && name !== '-' ? { word: String(each.entity).replace(/_/g, '-'), id: String(each.subject_id), name } : undefined
  async function load() {
    today.value = dayOf(Date.now())
    unreachable.value = false
    refused.value = ''
    await Promise.all([
      ask<TrayItem>('tray.list', {}, (answer) => (tray.value = trayRows(answer))),
      ask<Values>('case.list', {}, (answer) => {
        cases.value = recordsOf(answer).map((each, at) => ({ number: Number(each.number), customer: cell(answer, at, 1), field: cell(answer, at, 2), due: String(each.due_on ?? '') }))
      }),
      ask<Values>('communication.list', { sort: '-started_at', limit: String(visitsMax), columns: 'customer_id,started_at,kind,next_action,next_on' }, (answer) => {
        visits.value = visitsOf(recordsOf(answer), tableOf(answer).rows.map((row) => row[0] ?? ''))
      }),
      ask<Values>('customer.list', { where: [`file_state=${returnedState}`], limit: '50' }, (answer) => {
        returned.value = recordsOf(answer).map((each) => ({ id: String(each.id), name: String(each.name ?? '') }))
      }),
      ask<Values>('task.list', { where: ['state=open', `assignee_id=${laptop.state?.user ?? ''}`], limit: '50', columns: 'subject_id,entity,text,due_on' }, (answer) => {
        tasks.value = recordsOf(answer).map((each, at) => ({ id: String(each.id), text: said(answer, at, each), due: String(each.due_on ?? ''), about: about(each, cell(answer, at, 0)) }))
      }),
      ask<Values>('notification.list', { where: ['kind=step', `to_user_id=${laptop.state?.user ?? ''}`], sort: '-sent_at', limit: '50', columns: 'subject_id,entity,text,read_at' }, (answer) => {
        notes.value = recordsOf(answer)
          .map((each, at) => ({ id: String(each.id), text: said(answer, at, each), reason: reasonIn(String(each.text ?? ''), said(answer, at, each)), about: about(each, cell(answer, at, 0)), read: each.read_at }))
          .filter((each) => !each.read)
      }),
    ])
    loaded.value = true
  }
  const soon = useRest(load, pauseMs)
  onMounted(load)
  useChanges(() => true, soon)
  watch(() => visiting.saved, soon)
  const matters = computed(() => mattersOf(tray.value, cases.value, visits.value, tasks.value, today.value, returned.value, notes.value))
  const coming = computed(() => comingSteps(visits.value, today.value))
  const recorded = computed(() => visits.value.filter((each) => dayOf(each.at) === today.value))
  return { matters, coming, recorded, today, loaded, unreachable, refused, load }
}
