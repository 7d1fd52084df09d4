// One sentence about what just happened, at the edge of the page and for screen readers.
import { defineStore } from 'pinia'
import { ref } from 'vue'

export type Tone = 'ok' | 'bad' | 'plain'
interface Notice {
  text: string
  tone: Tone
  /** A way back, where there is one. */
  undo?: () => void
}

/** How long a notice stays; one with a way back stays longer. */
const shownMs = 6_000
const undoMs = 12_000

export const useNotice = defineStore('notice', () => {
  const notice = ref<Notice | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function say(text: string, tone: Tone = 'ok', undo?: () => void) {
    clearTimeout(timer)
    notice.value = { text, tone, undo }
    timer = setTimeout(() => (notice.value = null), undo ? undoMs : shownMs)
  }
  function clear() {
    clearTimeout(timer)
    notice.value = null
  }
  return { notice, say, clear }
})
