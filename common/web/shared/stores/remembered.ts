// Small preferences of a person at this browser: columns, widths. Never a value of a record.
import { ref, watch, type Ref } from 'vue'

export function remembered<T>(name: string, otherwise: T): Ref<T> {
  const key = `dossier.${name}`
  let first = otherwise
  try {
    const before = localStorage.getItem(key)
    if (before !== null) first = JSON.parse(before) as T
  } catch {
    // Unreadable or not allowed to be kept: begin anew.
  }
  const value = ref(first) as Ref<T>
  watch(
    value,
    (now) => {
      try {
        localStorage.setItem(key, JSON.stringify(now))
      } catch {
        // A browser that keeps nothing forgets it with the page.
      }
    },
    { deep: true },
  )
  return value
}
