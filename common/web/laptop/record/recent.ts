// The customers opened last, by id alone: names stay in the vault.
import { computed, shallowRef } from 'vue'

import { Refused, Unreachable } from '@/api/answer'
import { type RecordData, valuesOf } from '@/record/reading'
import { titleOf } from '@/schema/kinds'
import { useCatalog } from '@/stores/catalog'
import { remembered } from '@/stores/remembered'

const keptMax = 5

export function useRecent() {
  const catalog = useCatalog()
  const ids = remembered<string[]>('recent', [])
  const found = shallowRef(new Map<string, string>())

  function opened(id: string) {
    ids.value = [id, ...ids.value.filter((each) => each !== id)].slice(0, keptMax)
  }
  async function load() {
    const names = new Map<string, string>()
    await Promise.all(
      ids.value.map(async (id) => {
        try {
          const { data } = await catalog.call<RecordData>('customer.show', { customer: id })
          names.set(id, titleOf(catalog.kind('customer'), valuesOf(data)))
        } catch (error) {
          // Moved off this laptop since.
          if (!(error instanceof Refused || error instanceof Unreachable)) throw error
        }
      }),
    )
    found.value = names
  }
  const recent = computed(() => ids.value.flatMap((id) => (found.value.has(id) ? [{ id, name: found.value.get(id)! }] : [])))
  return { recent, opened, load }
}
