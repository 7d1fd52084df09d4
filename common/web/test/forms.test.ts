import { describe, expect, it } from 'vitest'

import { nightOf, nightStart, hoursOf, type Sync } from '../office/morning/night'
import { queuesOf } from '../office/morning/queues'
import { givenFor, parentInput } from '../shared/record/reading'
import type { Action, Input } from '../shared/api/actions'
import { askedOf, changedInputs, firstValues } from '../shared/parts/form_inputs'
import { neededKeys } from '../shared/record/needed'
import { windowOf } from '../shared/parts/row_window'
import type { Kind, Submission } from '../shared/schema/kinds'

const input = (key: string, some: Partial<Input> = {}): Input => ({ key, help: key, give: 'optional', stands: false, ...some })
const action = (name: string, inputs: Input[]): Action => ({ name, words: name, help: name, method: 'POST', path: '/', may: true, inputs })
const house: Kind = {
  tag: 'house', word: 'house', name: 'House', many: 'Houses', form: ['town', 'name'],
  fields: [
    { name: 'name', label: 'Name', type: 'text' },
    { name: 'town', label: 'Town', type: 'text' },
    { name: 'price_fen', label: 'Price', type: 'money' },
    { name: 'tags', label: 'Tags', type: 'list' },
  ],
}
const room: Kind = { tag: 'room', word: 'room', name: 'Room', many: 'Rooms', parent: 'house_id', fields: [{ name: 'house_id', label: 'House', type: 'ref', link: 'house' }] }
const edit = action('house.edit', [
  input('house', { stands: true, give: 'required' }),
  ...['name', 'town', 'price_fen', 'set', 'clear', 'reason'].map((key) => input(key, key === 'set' || key === 'clear' ? { give: 'many' } : {})),
  input('tags', { give: 'many' }),
])

describe('forms', () => {
  it('ask for a kind’s fields in its order, not for the ways of the command line', () => {
    const asked = askedOf(edit, house, [house], ['house']).map((each) => each.input.key)
    expect(asked).toEqual(['town', 'name', 'price_fen', 'tags', 'reason'])
  })
  it('ask for required inputs first', () => {
    const add = action('house.add', [input('town'), input('name', { give: 'required', stands: true })])
    expect(askedOf(add, house, [house]).map((each) => each.input.key)).toEqual(['name', 'town'])
  })
  it('call what a record hangs on as its field is called, in the place the kind gives it', () => {
    const lease: Kind = { tag: 'lease', word: 'lease', name: 'Lease', many: 'Leases', parent: 'let_house_id', form: ['let_house_id', 'rent'], fields: [{ name: 'let_house_id', label: 'House that is let', type: 'ref', link: 'house' }, { name: 'rent', label: 'Rent', type: 'money' }] }
    const asked = askedOf(action('lease.add', [input('rent'), input('house')]), lease, [house, lease])
    expect(asked.map((each) => each.label)).toEqual(['House that is let', 'Rent'])
  })
  it('of a new record require what its kind requires', () => {
    const strict: Kind = { ...house, fields: house.fields.map((field) => ({ ...field, required: field.name === 'town' })) }
    const required = (name: string) => askedOf(action(name, [input('town'), input('name')]), strict, [strict]).filter((each) => each.required).map((each) => each.input.key)
    expect(required('house.add')).toEqual(['town'])
    expect(required('house.edit')).toEqual([])
    const chosen = { ...strict, fields: strict.fields.map((field) => ({ ...field, options: [{ value: 'a', label: 'A' }] })) }
    expect(askedOf(action('house.add', [input('town')]), chosen, [chosen])[0]!.required).toBe(true)
    const preset = { ...strict, fields: strict.fields.map((field) => ({ ...field, preset: true, options: [{ value: 'a', label: 'A' }] })) }
    expect(askedOf(action('house.add', [input('town')]), preset, [preset])[0]!.required).toBe(false)
  })
  it('never ask where a file is to be written', () => {
    const out = action('house.export', [input('file', { file: 'out', give: 'required' })])
    expect(askedOf(out, house, [house])).toEqual([])
  })
  it('send what changed, and clear by name what was emptied', () => {
    const asked = askedOf(edit, house, [house], ['house'])
    const first = firstValues(asked, { name: 'A', town: 'B', price_fen: 250 }, {})
    expect(first.price_fen).toBe('2.50')
    expect(changedInputs(asked, first, { ...first, name: 'C', town: '' }, true)).toEqual({ name: 'C', clear: ['town'] })
    expect(changedInputs(asked, first, first, true)).toEqual({})
  })
  it('of a record that is there never ask what it hangs on', () => {
    const move = action('room.edit', [input('room', { stands: true }), input('house'), input('reason')])
    expect(askedOf(move, room, [house, room], ['room']).map((each) => each.input.key)).toEqual(['reason'])
  })
  it('pick people by login and records by id', () => {
    const user: Kind = { tag: 'user', word: 'user', name: 'User', many: 'Users', fields: [{ name: 'login', label: 'Login', type: 'text' }] }
    const explain = action('access.explain', [input('user'), input('house')])
    expect(askedOf(explain, undefined, [user, house]).map((each) => each.picks)).toEqual([['user', 'login'], ['house', 'id']])
  })
})

describe('forms of what is not there yet', () => {
  const file: Kind = {
    tag: 'file', word: 'file', name: 'File', many: 'Files',
    fields: ['name', 'sort', 'phone', 'fax', 'town', 'street', 'source'].map((name) => ({ name, label: name, type: 'text' as const, preset: name === 'source' })),
  }
  const person: Kind = { tag: 'person', word: 'person', name: 'Person', many: 'People', parent: 'file_id', fields: ['file_id', 'main', 'phones'].map((name) => ({ name, label: name, type: 'text' as const })) }
  const way = (kind: string, ...fields: { name: string; code?: string; empty?: boolean }[]) => ({ kind, fields })
  const submission: Submission = {
    by: 'sort', person: 'human',
    demands: [
      { enterprise: true, person: true, ways: [way('file', { name: 'phone' }), way('file', { name: 'fax' }), way('person', { name: 'phones' })] },
      { enterprise: true, person: false, ways: [way('file', { name: 'town' }, { name: 'street' })] },
      { enterprise: true, person: true, ways: [way('file', { name: 'source' })] },
      { enterprise: true, person: false, ways: [way('person', { name: 'main', code: '1' }, { name: 'phones' })] },
    ],
  }
  const fields = ['name', 'sort', 'phone', 'fax', 'town', 'street', 'source'].map((key) => input(key))
  const ask = (kind: Kind, inputs: Input[], now = {}) => neededKeys(submission, kind, askedOf(action(`${kind.word}.add`, inputs), kind, [file, person]), now)

  it('are marked with what a submission needs, but for what is filled in where nothing is said', () => {
    expect(ask(file, fields)).toEqual(['phone', 'town', 'street'])
    expect(ask(file, fields, { town: 'B' })).toEqual(['phone', 'street'])
  })
  it('lose a mark once another way is taken', () => {
    expect(ask(file, fields, { fax: '1', town: 'B', street: 'C' })).toEqual([])
  })
  it('ask of a person what concerns one', () => {
    expect(ask(file, fields, { sort: 'human' })).toEqual(['phone'])
  })
  it('mark what is made along with it, as a contact with a file', () => {
    const along = [...fields, input('contact', { along: 'person' }), input('number', { along: 'person' })]
    expect(ask(file, along)).toEqual(['phone', 'town', 'street', 'contact', 'number'])
    expect(ask(file, along, { contact: 'A', number: '1' })).toEqual(['town', 'street'])
  })
  it('type what is made along with it, after what it must have, and never pick it', () => {
    const strict: Kind = { ...file, form: file.fields.map((each) => each.name) }
    const inputs = [input('fax'), input('person', { along: 'person' }), input('name', { give: 'required', stands: true })]
    const asked = askedOf(action('file.add', inputs), strict, [file, person])
    expect(asked.map((each) => [each.input.key, each.picks])).toEqual([['name', undefined], ['person', undefined], ['fax', undefined]])
  })
  it('mark of what hangs on a file what would do for it', () => {
    const inputs = ['main', 'phones'].map((key) => input(key))
    expect([...new Set(ask(person, inputs))]).toEqual(['phones', 'main'])
    expect(ask(person, inputs, { main: '0', phones: '1' })).toEqual(['main'])
    expect(ask(person, inputs, { main: '1', phones: '1' })).toEqual([])
  })
})

describe('actions on a record', () => {
  it('are given the record and the one it hangs on by the inputs that stand', () => {
    const erase = action('room.erase', [input('house', { stands: true }), input('room', { stands: true })])
    expect(givenFor(erase, room, [house, room], 'r1', { house_id: 'h1' })).toEqual({ house: 'h1', room: 'r1' })
  })
  it('that take several are given a list of one', () => {
    const post = action('house.post', [input('house', { stands: true, give: 'some' })])
    expect(givenFor(post, house, [house], 'h1', {})).toEqual({ house: ['h1'] })
  })
  it('that name their subject otherwise are given it first', () => {
    expect(givenFor(action('x.get', [input('id', { stands: true })]), house, [house], 'h1', {})).toEqual({ id: 'h1' })
  })
  it('that add a child find the input of its parent', () => {
    expect(parentInput(action('room.add', [input('name'), input('house')]), room, house)).toBe('house')
    expect(parentInput(action('room.add', [input('house_id')]), room, house)).toBe('house_id')
  })
})

describe('long tables', () => {
  it('draw every row up to five hundred', () => {
    expect(windowOf(500, -9000, 800)).toEqual({ from: 0, to: 500, above: 0, below: 0 })
  })
  it('draw what is in view of longer ones, and keep their height', () => {
    for (const top of [0, -36_000, -72_000, -1e9]) {
      const shown = windowOf(2000, top, 800)
      expect(shown.to - shown.from).toBeLessThan(200)
      expect(shown.above + shown.below + (shown.to - shown.from) * 36).toBe(2000 * 36)
    }
    const middle = windowOf(2000, -36_000, 800)
    expect(middle.from).toBeLessThan(1000)
    expect(middle.to).toBeGreaterThan(1022)
  })
})

describe('the morning', () => {
  const at = Date.parse('2026-03-25T00:36:00Z') // 8:36 at the office
  const sync = (some: Partial<Sync>): Sync => ({ number: 1, device: 'N01', user: '', started_at: '2026-03-24T13:06:00Z', finished: true, changesets: 0, ops: 0, by_rule: 0, cases: 0, proposals: 0, late: 0, rejected: 0, clock_offset_ms: 0, ...some })

  it('looks back to six in the evening of the day before', () => {
    expect(new Date(nightStart(at)).toISOString()).toBe('2026-03-24T10:00:00.000Z')
  })
  it('counts a laptop once, its changes as the laptop does, and nothing from before', () => {
    const night = nightOf([sync({ changesets: 1, ops: 3, by_rule: 2, cases: 1 }), sync({ changesets: 2, ops: 4, by_rule: 4 }), sync({ changesets: 9, ops: 9, started_at: '2026-03-24T09:59:59Z', device: 'N02' }), sync({ device: 'N03', finished: false })], nightStart(at))
    expect(night).toMatchObject({ devices: 1, changes: 3, items: 7, automatic: 6, cases: 1 })
  })
  it('sorts syncs into their hours', () => {
    const hours = hoursOf([sync({}), sync({ finished: false })], nightStart(at), 12)
    expect(hours[3]).toEqual({ hour: 21, whole: 1, cut: 1 })
    expect(hours.reduce((sum, each) => sum + each.whole + each.cut, 0)).toBe(2)
  })
  it('names what is due first and counts what is late', () => {
    const told = [{ number: 1, title: 'A', due_on: '2026-03-27', opened_at: '2026-03-20T00:00:00Z' }, { number: 2, title: 'B', due_on: '2026-03-24', opened_at: '2026-03-24T00:00:00Z' }]
    const queue = queuesOf((name) => (name === 'case.list' ? told : []), () => '', at).find((each) => each.action === 'case.list')!
    expect([queue.first?.title, queue.oldest?.title, queue.late]).toEqual(['B', 'A', 1])
    const later = queuesOf((name) => (name === 'case.list' ? told : []), () => '', Date.parse('2026-04-01T00:00:00Z')).find((each) => each.action === 'case.list')!
    expect(later.late).toBe(2)
  })
})
