import { describe, expect, it } from 'vitest'

import { filterOf, filterText, operatorsOf } from '../shared/record/filters'
import { differences } from '../shared/schema/differences'
import { moneyText, percentText, typedText, valueText } from '../shared/schema/display'
import { childrenOf, type Field, type Kind, labelOf, usualWay } from '../shared/schema/kinds'
import { dayOf, hourOf, spanOf, timeText } from '../shared/schema/time'

const field = (some: Partial<Field>): Field => ({ name: 'x', label: 'X', type: 'text', ...some })

describe('values', () => {
  it('whole fen read as yuan with two digits, whatever their size and sign', () => {
    expect([0, 5, 100, 200000, 123456789, -150].map(moneyText)).toEqual([
      '0.00', '0.05', '1.00', '2,000.00', '1,234,567.89', '-1.50',
    ])
  })
  it('basis points read without trailing zeros', () => {
    expect([0, 1563, 1500, 10000].map(percentText)).toEqual(['0%', '15.63%', '15%', '100%'])
  })
  it('codes read as their labels, unknown ones as themselves', () => {
    const level = field({ type: 'enum', options: [{ value: '1', label: 'one' }] })
    expect([valueText(level, 1, 'en'), valueText(level, '9', 'en')]).toEqual(['one', '9'])
  })
  it('what is typed for a value reads as that value again', () => {
    expect(typedText(field({ type: 'money' }), 123456)).toBe('1234.56')
    expect(typedText(field({ type: 'percent' }), 1563)).toBe('15.63')
    expect(typedText(field({ type: 'bool' }), 0)).toBe('0')
    expect(typedText(field({}), null)).toBe('')
  })
  it('nothing reads as nothing', () => {
    for (const nothing of [null, undefined, '']) expect(valueText(field({}), nothing, 'en')).toBe('')
  })
})

describe('times', () => {
  it('are the office’s, whatever zone the browser stands in', () => {
    expect(timeText('2026-12-01T23:31:41Z')).toBe('2026-12-02 07:31')
    expect(dayOf('2026-12-01T16:00:00Z')).toBe('2026-12-02')
    expect(hourOf('2026-12-01T16:00:00Z')).toBe(0)
  })
  it('no moment comes back as it is', () => {
    expect(timeText('soon')).toBe('soon')
  })
  it('a span is told in its greatest whole unit', () => {
    expect(spanOf(59_000)).toEqual({ count: 0, unit: 'minute' })
    expect(spanOf(3 * 3_600_000 + 1)).toEqual({ count: 3, unit: 'hour' })
    expect(spanOf(49 * 3_600_000)).toEqual({ count: 2, unit: 'day' })
  })
})

describe('differences', () => {
  const marked = (base: string, text: string) =>
    differences(base, text).map((each) => (each.differs ? `[${each.text}]` : each.text)).join('')

  it('mark what the base does not have and nothing else', () => {
    expect(marked('明润医药有限公司', '明润医药集团有限公司')).toBe('明润医药[集团]有限公司')
    expect(marked('0571-8801', '0571-8877')).toBe('0571-88[77]')
    expect(marked('甲乙丙丁', '丙甲乙丁')).toBe('[丙]甲乙丁')
  })
  it('keep the text whole', () => {
    for (const [base, text] of [['', 'abc'], ['abc', ''], ['a'.repeat(700), 'b'.repeat(700)], ['abc', 'cab']]) {
      expect(differences(base!, text!).map((each) => each.text).join('')).toBe(text)
    }
  })
  it('of equal texts mark nothing', () => {
    expect(differences('abc', 'abc').some((each) => each.differs)).toBe(false)
  })
})

describe('kinds', () => {
  const parent: Kind = { tag: 'house', word: 'house', name: 'House', many: 'Houses', fields: [field({ name: 'street', label: 'Street', group: 'address' }), field({ name: 'town', label: 'Town', group: 'address' })] }
  const child: Kind = { tag: 'room', word: 'room', name: 'Room', many: 'Rooms', parent: 'house_id', fields: [field({ name: 'house_id', type: 'ref', link: 'house' })] }

  it('hang on the kind their parent field names', () => {
    expect(childrenOf([parent, child], parent)).toEqual([child])
    expect(childrenOf([parent, child], child)).toEqual([])
  })
  it('a group is called by its fields', () => {
    expect(labelOf(parent, 'address')).toBe('Street · Town')
    expect(labelOf(parent, 'street')).toBe('Street')
  })
  it('the usual way through a workflow takes the first step that goes on', () => {
    const states = ['draft', 'review', 'back', 'done', 'gone'].map((value) => ({ value, label: value, end: value === 'gone' }))
    const step = (name: string, from: string, to: string) => ({ name, label: name, from: [from], to, roles: [] })
    const steps = [step('discard', 'draft', 'gone'), step('submit', 'draft', 'review'), step('approve', 'review', 'done'), step('return', 'review', 'back'), step('reopen', 'done', 'draft')]
    expect(usualWay({ name: 'm', label: 'm', field: 's', states, steps })).toEqual(['draft', 'review', 'done'])
  })
  it('the usual way ends where the workflow is meant to lead, and at no other end', () => {
    const states = ['asked', 'signed', 'refused', 'moved'].map((value) => ({ value, label: value, end: value === 'refused' || value === 'moved', goal: value === 'moved' }))
    const step = (name: string, from: string, to: string) => ({ name, label: name, from: [from], to, roles: [] })
    const steps = [step('refuse', 'asked', 'refused'), step('sign', 'asked', 'signed'), step('move', 'signed', 'moved')]
    expect(usualWay({ name: 'm', label: 'm', field: 's', states, steps })).toEqual(['asked', 'signed', 'moved'])
  })
})

describe('filters', () => {
  const kind: Kind = { tag: 'house', word: 'house', name: 'House', many: 'Houses', fields: [field({ name: 'town', label: 'Town', type: 'enum', options: [{ value: 'hz', label: '杭州' }] }), field({ name: 'built_on', label: 'Built', type: 'date' })] }

  it('are written as the program reads them and read as people say them', () => {
    expect(filterOf(kind.fields[0]!, 'is', 'hz')).toBe('town=hz')
    expect(filterOf(kind.fields[1]!, 'from', '2020-01-01')).toBe('built_on>=2020-01-01')
    expect(filterText(kind, 'town=hz', 'en')).toBe('Town = 杭州')
    expect(filterText(kind, 'built_on>=2020-01-01', 'en')).toBe('Built ≥ 2020-01-01')
  })
  it('that are not understood stay as they are', () => {
    expect(filterText(kind, 'nowhere=1', 'en')).toBe('nowhere=1')
  })
  it('offer ranges where values have an order', () => {
    expect(operatorsOf(kind.fields[1]!)).toContain('from')
    expect(operatorsOf(kind.fields[0]!)).not.toContain('from')
  })
})
