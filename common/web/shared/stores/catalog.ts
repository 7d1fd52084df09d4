// What the program can do and what its records are made of, in the reader's language.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { type Action, type Inputs, perform, type Performing } from '@/api/actions'
import { type Answer, Refused } from '@/api/answer'
import { base, request } from '@/api/client'
import type { Kind, Schema } from '@/schema/kinds'
import { texts } from '@/texts/texts'

/** Verbs every kind has; pages of their own show them, the others are steps. */
const commonVerbs = new Set(['add', 'edit', 'list', 'show', 'remove', 'history', 'import', 'export', 'card'])

const listed = <T>(found: T[] | { data: T[] }): T[] => (Array.isArray(found) ? found : found.data)

export const useCatalog = defineStore('catalog', () => {
  const actions = ref(new Map<string, Action>())
  const schema = ref<Schema>({ kinds: [], roles: [], secrecies: [] })
  /** The language it was told in; empty while nothing was. */
  const language = ref('')
  /** Pages show once it is told in the language they are read in: what a record's page finds by a
   * label would be missed between two languages. */
  const ready = computed(() => language.value === texts.global.locale.value)
  /** How often it was asked: only the last answer counts, in whatever order they come. */
  let asked = 0

  /** Errors: Refused, Unreachable. */
  async function load() {
    const mine = ++asked
    const spoken = texts.global.locale.value
    const [found, told] = await Promise.all([
      request<Action[] | { data: Action[] }>(`${base}/actions`),
      request<Schema | { data: Schema }>(`${base}/schema`),
    ])
    if (mine !== asked) return
    actions.value = new Map(listed(found).map((action) => [action.name, action]))
    schema.value = 'data' in told ? told.data : told
    language.value = spoken
  }
  function forget() {
    asked += 1
    language.value = ''
    actions.value = new Map()
  }

  const action = (name: string) => actions.value.get(name)
  /** The program has it and the person may ask for it. */
  const may = (name: string) => action(name)?.may === true
  /** By tag ("access_grant") or word ("access-grant"). */
  const kind = (name: string): Kind | undefined =>
    schema.value.kinds.find((each) => each.tag === name || each.word === name)
  const kinds = computed(() => schema.value.kinds)

  /** What a role is called. */
  function roleName(code: string): string {
    const told = schema.value.roles.find((each) => each.value === code)
    if (told) return told.label
    const field = kind('role_assignment')?.fields.find((each) => each.name === 'role')
    return field?.options?.find((each) => each.value === code)?.label ?? code
  }
  /** What may be done with one record of the kind beside showing and editing it. */
  function stepsOf(word: string): Action[] {
    const tag = kind(word)?.tag
    return [...actions.value.values()].filter((each) => {
      const [first, verb] = each.name.split('.')
      return (
        (first === word || (tag !== undefined && each.kind === tag)) &&
        each.method !== 'GET' &&
        verb !== undefined &&
        !commonVerbs.has(verb) &&
        each.inputs.some((input) => input.stands && !input.file && input.give !== 'optional')
      )
    })
  }
  /** Carries an action out by its name. Errors: Refused, Unreachable. */
  async function call<T>(name: string, inputs: Inputs = {}, how: Performing = {}): Promise<Answer<T>> {
    const found = action(name)
    if (!found) throw new Refused({ id: 'page.no_action', code: 2, message: name }, 404)
    return perform<T>(found, inputs, how)
  }
  return { actions, schema, kinds, ready, load, forget, action, may, kind, roleName, stepsOf, call }
})
