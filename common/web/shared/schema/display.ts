// Raw values of the catalog as people read them. References are left to who knows their names.
import type { Field } from './kinds'
import { dayText, timeText } from './time'

const yesNo: Record<string, [string, string]> = { 'zh-CN': ['是', '否'], en: ['yes', 'no'] }

/** Whole fen as yuan with thousands separated: 200000 → 2,000.00. */
export function moneyText(fen: number): string {
  const digits = String(Math.abs(Math.trunc(fen))).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`
}

/** Basis points as a percentage without trailing zeros: 1563 → 15.63%. */
export function percentText(points: number): string {
  return `${(points / 100).toFixed(2).replace(/\.?0+$/, '')}%`
}

const labelOf = (field: Field, code: unknown) =>
  field.options?.find((option) => option.value === String(code))?.label ?? String(code)

function elementText(element: unknown): string {
  if (element !== null && typeof element === 'object') {
    return Object.values(element).map(elementText).join(' ')
  }
  return String(element)
}

/** The value in the reader's language; empty for none. */
export function valueText(field: Field | undefined, value: unknown, language: string): string {
  if (value === null || value === undefined || value === '') return ''
  if (!field) return elementText(value)
  switch (field.type) {
    case 'money':
      return moneyText(Number(value))
    case 'percent':
      return percentText(Number(value))
    case 'bool':
      return (yesNo[language] ?? yesNo.en!)[value === true || value === 1 ? 0 : 1]
    case 'time':
      return timeText(value as number | string)
    case 'date':
      return dayText(String(value))
    case 'enum':
      return labelOf(field, value)
    case 'set':
      return (value as unknown[]).map((each) => labelOf(field, each)).join(language === 'en' ? ', ' : '、')
    case 'list':
    case 'reflist':
      return (Array.isArray(value) ? value : [value])
        .map(elementText)
        .join(language === 'en' ? ', ' : '、')
    default:
      return field.options?.length ? labelOf(field, value) : elementText(value)
  }
}

/** The raw value as a person would type it: what forms begin with. */
export function typedText(field: Field, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (field.type === 'money') return moneyText(Number(value)).replace(/,/g, '')
  if (field.type === 'percent') return percentText(Number(value)).replace('%', '')
  if (field.type === 'time') return timeText(value as number | string)
  if (field.type === 'bool') return value === true || value === 1 ? '1' : '0'
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}
