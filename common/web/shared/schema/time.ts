// Moments and days as the office writes them, whatever zone the browser stands in.

/** The office's zone (common/time/clock.hpp). */
export const officeZone = 'Asia/Shanghai'

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: officeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

function piecesOf(moment: number | string | Date): Record<string, string> {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return {}
  return Object.fromEntries(parts.formatToParts(at).map((each) => [each.type, each.value]))
}

/** 2026-03-24 21:06; a moment that is none comes back as it is. */
export function timeText(moment: number | string): string {
  const p = piecesOf(moment)
  return p.year ? `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}` : String(moment)
}

/** 3-24 21:06: where the year goes without saying. */
export function shortTime(moment: number | string): string {
  const p = piecesOf(moment)
  return p.year ? `${Number(p.month)}-${p.day} ${p.hour}:${p.minute}` : String(moment)
}

/** 17:42:08. */
export function clockText(moment: number | string): string {
  const p = piecesOf(moment)
  return p.year ? `${p.hour}:${p.minute}:${p.second}` : ''
}

/** 2026-03-24 of a moment. */
export function dayOf(moment: number | string | Date): string {
  const p = piecesOf(moment)
  return p.year ? `${p.year}-${p.month}-${p.day}` : ''
}

/** The hour of day, 0–23, of a moment. */
export function hourOf(moment: number | string): number {
  return Number(piecesOf(moment).hour ?? 0)
}

/** Dates stay as they are written. */
export const dayText = (day: string) => day

/** 3-24 of 2026-03-24. */
export function shortDay(day: string): string {
  const found = /^\d{4}-(\d{2})-(\d{2})/.exec(day)
  return found ? `${Number(found[1])}-${found[2]}` : day
}

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The greatest whole unit of a span: 3 days, 13 hours, 20 minutes. */
export function spanOf(ms: number): { count: number; unit: 'day' | 'hour' | 'minute' } {
  if (ms >= dayMs) return { count: Math.floor(ms / dayMs), unit: 'day' }
  if (ms >= hourMs) return { count: Math.floor(ms / hourMs), unit: 'hour' }
  return { count: Math.max(0, Math.floor(ms / minuteMs)), unit: 'minute' }
}
