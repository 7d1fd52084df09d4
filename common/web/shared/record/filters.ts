// Filters of a list as the program reads them ("field=value", "field~part", "a..b"), and as
// people pick and read them.
import type { Field, Kind } from '@/schema/kinds'
import { fieldOf } from '@/schema/kinds'
import { valueText } from '@/schema/display'

export type Operator = 'is' | 'isNot' | 'has' | 'from' | 'until' | 'empty'

/** What stands between field and value. */
const signs: Record<Operator, string> = { is: '=', isNot: '!=', has: '~', from: '>=', until: '<=', empty: '=' }

/** The ways to filter by a field, the usual one first. */
export function operatorsOf(field: Field): Operator[] {
  switch (field.type) {
    case 'date':
    case 'time':
    case 'int':
    case 'money':
    case 'percent':
      return ['from', 'until', 'is']
    case 'text':
      return ['has', 'is', 'isNot']
    case 'list':
    case 'set':
    case 'json':
      return ['has']
    default:
      return ['is', 'isNot']
  }
}

export function filterOf(field: Field, operator: Operator, value: string): string {
  return `${field.name}${signs[operator]}${value}`
}

const shape = /^([a-z0-9_]+)(!=|>=|<=|=|~)(.*)$/s

/** The filter as people read it; one that is not understood stays as it is. */
export function filterText(kind: Kind, filter: string, language: string): string {
  const found = shape.exec(filter)
  const field = found ? fieldOf(kind, found[1]!) : undefined
  if (!found || !field) return filter
  const sign = { '=': '=', '!=': '≠', '>=': '≥', '<=': '≤', '~': '~' }[found[2]!]
  const value = field.options?.length
    ? found[3]!
        .split('|')
        .map((code) => valueText({ ...field, type: 'enum' }, code, language))
        .join(' | ')
    : found[3]!
  return `${field.label} ${sign} ${value}`
}
