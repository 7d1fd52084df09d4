// A menu: where one can go. A place stands there when the program has an action it needs and the
// person may ask for it.
import { type Component, computed } from 'vue'
import { useI18n } from 'vue-i18n'

import { useCatalog } from '@/stores/catalog'

export interface MenuEntry {
  name: string
  path: string
  icon: Component
  /** One of these actions is enough. */
  needs: string[]
  /** Follows G on the keyboard. */
  letter: string
  /** Its title is what many of this kind are called. */
  kind?: string
  /** What is counted there, by its name among the counts. */
  count?: string
  /** How the count looks. */
  tone?: 'urgent' | 'waits'
  /** Stands in the bar at the foot of a narrow page. */
  narrow?: boolean
}
export interface MenuSection {
  /** Empty: without a heading. */
  name: string
  entries: MenuEntry[]
}

/** What of the menu this person sees; `words`: where its texts stand. */
export function useMenu(sections: MenuSection[], words: string) {
  const catalog = useCatalog()
  const { t } = useI18n()
  const shown = computed(() =>
    sections
      .map(({ name, entries }) => ({ name, entries: entries.filter((entry) => entry.needs.some(catalog.may)) }))
      .filter(({ entries }) => entries.length > 0),
  )
  const entries = computed(() => shown.value.flatMap((section) => section.entries))
  /** Whether a place of the menu is none of this person's; one that is asked for a kind decides itself. */
  const isClosed = (path: string, kind: unknown) =>
    !kind && sections.some((section) => section.entries.some((entry) => entry.path === path)) && !entries.value.some((entry) => entry.path === path)
  const titleOf = (entry: MenuEntry) => (entry.kind && catalog.kind(entry.kind)?.many) || t(`${words}.${entry.name}`)
  return { shown, entries, isClosed, titleOf }
}
