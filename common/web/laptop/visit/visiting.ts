// The drawer that records a visit: one for the whole page, opened from anywhere.
import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What a visit may begin with. */
export interface Begun {
  customer?: { id: string; name: string }
  kind?: string
}

export const useVisiting = defineStore('visiting', () => {
  const isOpen = ref(false)
  const begun = ref<Begun>({})
  /** Counts saved visits: lists that show them look again. */
  const saved = ref(0)

  function open(with_: Begun = {}) {
    begun.value = with_
    isOpen.value = true
  }
  function close() {
    isOpen.value = false
    begun.value = {}
  }
  return { isOpen, begun, saved, open, close }
})
