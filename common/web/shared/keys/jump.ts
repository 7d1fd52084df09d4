// G, then a letter: to another page.
import { onBeforeUnmount, onMounted } from 'vue'

import { useKeys } from './keys'

/** How long the letter is waited for. */
const waitMs = 1500

export function useJumps(to: (letter: string) => void): void {
  let jumping = false
  function heard(event: KeyboardEvent) {
    if (!jumping || event.ctrlKey || event.key.length !== 1) return
    event.preventDefault()
    jumping = false
    to(event.key.toLowerCase())
  }
  onMounted(() => window.addEventListener('keydown', heard, { capture: true }))
  onBeforeUnmount(() => window.removeEventListener('keydown', heard, { capture: true }))
  useKeys(() => ({
    g: () => {
      jumping = true
      setTimeout(() => (jumping = false), waitMs)
    },
  }))
}
