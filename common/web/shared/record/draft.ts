// The draft of a form, where the program keeps drafts; elsewhere it does nothing.
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

import { Refused, Unreachable } from '@/api/answer'
import { useCatalog } from '@/stores/catalog'

import { draftKeeper, type DraftKeeper } from './draft_keeper'

interface Draft {
  name: string
  saved_at: string
  form: string
}

/** Names hold letters, digits, "-" and ".", up to 64. */
export const draftName = (...words: string[]) =>
  words
    .filter(Boolean)
    .join('-')
    .replace(/[^A-Za-z0-9.-]/g, '.')
    .slice(0, 64)

/** What is kept under a name; null for nothing. Asked of the list first: what is not there is no error. */
export async function keptDraft(catalog: ReturnType<typeof useCatalog>, name: string): Promise<Draft | null> {
  const there = (await catalog.call<{ name: string }[]>('draft.list')).data ?? []
  if (!there.some((each) => each.name === name)) return null
  return (await catalog.call<Draft | null>('draft.show', { name })).data
}

/** Drafts of the forms that are open now. */
const open = new Set<DraftKeeper>()

/** Saves what was typed and is not saved yet: before the laptop locks. */
export const flushDrafts = () => Promise.all([...open].map((keeper) => keeper.flush()))

export function useDraft<T>(name: () => string, form: Ref<T>) {
  const catalog = useCatalog()
  const keeps = catalog.may('draft.save')
  const savedAt = ref('')
  const failed = ref(false)
  /** What was typed before came back. */
  const restored = ref(false)
  let keeper: DraftKeeper | null = null

  function keep() {
    if (keeper) open.delete(keeper)
    keeper = draftKeeper(JSON.stringify(form.value), {
      save: async (text) =>
        (await catalog.call<Draft>('draft.save', { name: name(), form: text })).data?.saved_at ?? new Date().toISOString(),
      later: (act, ms) => setTimeout(act, ms),
      told: (state) => {
        failed.value = state.failed
        if (state.savedAt) savedAt.value = state.savedAt
      },
    })
    open.add(keeper)
  }
  /** Puts back what was typed before, if anything was; from then on keeps what is typed. */
  async function begin(merge: (kept: T) => T = (kept) => kept): Promise<void> {
    if (!keeps) return
    try {
      const kept = await keptDraft(catalog, name())
      if (kept?.form) {
        form.value = merge(JSON.parse(kept.form) as T)
        savedAt.value = kept.saved_at
        restored.value = true
      }
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Unreachable || error instanceof SyntaxError)) throw error
    }
    keep()
  }
  /** The form is done with: its draft goes. */
  async function drop(): Promise<void> {
    const had = savedAt.value !== ''
    await keeper?.stop()
    if (keeper) open.delete(keeper)
    keeper = null
    savedAt.value = ''
    restored.value = false
    if (!keeps || !(had || savedAt.value)) return
    try {
      await catalog.call('draft.remove', { name: name() })
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Unreachable)) throw error
    }
  }
  watch(form, (now) => keeper?.change(JSON.stringify(now)), { deep: true })
  onBeforeUnmount(() => {
    if (keeper) open.delete(keeper)
    void keeper?.flush()
  })
  return { savedAt, failed, restored, begin, drop, keep, flush: () => keeper?.flush() ?? Promise.resolve() }
}
