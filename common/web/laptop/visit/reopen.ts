// A drawer that was open when the laptop locked or the page was loaded anew opens again with its draft.
import { Refused, Unreachable } from '@/api/answer'
import { keptDraft } from '@/record/draft'
import type { useCatalog } from '@/stores/catalog'

import type { VisitForm } from './visit'
import type { useVisiting } from './visiting'

export const visitDraft = 'visit'

/** What a draft of the drawer holds. */
export interface VisitDraft {
  open: boolean
  form: VisitForm
}

export async function reopenVisit(catalog: ReturnType<typeof useCatalog>, visiting: ReturnType<typeof useVisiting>) {
  if (visiting.isOpen || !catalog.may('draft.show')) return
  try {
    const kept = await keptDraft(catalog, visitDraft)
    if (kept && (JSON.parse(kept.form) as VisitDraft).open) visiting.open()
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unreachable || error instanceof SyntaxError)) throw error
  }
}
