// Finding records of a kind by a part of their name: through the kind's own list where that takes a
// text, else through the search over everything.
import { inputOf } from '@/api/actions'
import { recordsOf, tableOf } from '@/api/answer'
import { titleOf, type Values } from '@/schema/kinds'
import type { useCatalog } from '@/stores/catalog'

export interface Choice {
  value: string
  label: string
  /** What it is called, without its number. */
  name: string
}
/** What a search found, of any kind. */
export interface Hit {
  kind: string
  id: string
  customer: string
  text: string
}
type Catalog = ReturnType<typeof useCatalog>

/** How many are offered before more has to be typed. */
const offeredMax = 50

const listOf = (catalog: Catalog, kind: string) => `${catalog.kind(kind)?.word ?? kind}.list`

/** Whether a text narrows what is offered. */
export const seeksByText = (catalog: Catalog, kind: string) =>
  inputOf(catalog.action(listOf(catalog, kind)), 'text') !== undefined || catalog.may('search')

/** Errors: Refused, Unreachable. */
export async function hitsOf(catalog: Catalog, text: string, signal?: AbortSignal): Promise<Hit[]> {
  return recordsOf(await catalog.call<Hit[]>('search', { text: [text] }, { signal }))
}

/** Records of the kind that fit the text; the first of them all without one. `takes` names the field
 * whose value is given. Errors: Refused, Unreachable. */
export async function seek(catalog: Catalog, kind: string, text: string, takes = 'id'): Promise<Choice[]> {
  const list = catalog.action(listOf(catalog, kind))
  const byText = inputOf(list, 'text') !== undefined
  if (text !== '' && !byText && takes === 'id' && catalog.may('search')) {
    const tag = catalog.kind(kind)?.tag
    return (await hitsOf(catalog, text)).filter((hit) => hit.kind === tag).map((hit) => ({ value: hit.id, label: hit.text, name: hit.text }))
  }
  const answer = await catalog.call<Values[]>(listOf(catalog, kind), {
    ...(byText ? { text } : {}),
    ...(inputOf(list, 'limit') ? { limit: String(offeredMax) } : {}),
  })
  const rows = tableOf(answer).rows
  return recordsOf(answer).map((record, at) => {
    const label = (rows[at] ?? []).slice(0, 2).join(' ')
    return { value: String(record[takes] ?? record.id), label, name: titleOf(catalog.kind(kind), record) || label }
  })
}
