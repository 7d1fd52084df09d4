// A wait somebody was told to keep before the next try.
import { onBeforeUnmount, ref } from 'vue'

/** Counts the seconds down to 0; then calls `over`. */
export function useWait(over?: () => void) {
  const waits = ref(0)
  let clock: ReturnType<typeof setInterval> | undefined
  onBeforeUnmount(() => clearInterval(clock))
  function wait(seconds: number) {
    clearInterval(clock)
    waits.value = seconds
    clock = setInterval(() => {
      waits.value -= 1
      if (waits.value > 0) return
      clearInterval(clock)
      over?.()
    }, 1000)
  }
  return { waits, wait }
}
