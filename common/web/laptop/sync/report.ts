// The numbers of a sync's report, in the order people ask for them.

export interface Counter {
  name: 'sent' | 'attachments_sent' | 'received' | 'by_rule' | 'proposals' | 'cases' | 'refused' | 'scopes_lost'
  value: number
  tone: '' | 'good' | 'pending' | 'bad'
}

const shown: [Counter['name'], Counter['tone'], always: boolean][] = [
  ['sent', '', true],
  ['attachments_sent', '', true],
  ['received', '', true],
  ['by_rule', 'good', false],
  ['proposals', 'pending', false],
  ['cases', 'bad', false],
  ['refused', 'bad', false],
  ['scopes_lost', '', false],
]

/** What has no number, or none worth a place, is left out. */
export function countersOf(report: unknown): Counter[] {
  const told = (report ?? {}) as Record<string, unknown>
  return shown.flatMap(([name, tone, always]) => {
    const value = told[name]
    return typeof value === 'number' && (always || value > 0) ? [{ name, tone: value > 0 ? tone : '', value }] : []
  })
}
