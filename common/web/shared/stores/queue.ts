// A queue of matters with numbers: which is looked at, the next and the one before.
import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function useQueue(keys: Ref<string[]>, current: Ref<string | undefined>) {
  const router = useRouter()
  const route = useRoute()
  const at = computed(() => keys.value.indexOf(current.value ?? ''))

  function open(key: string | undefined) {
    void router.replace({ name: route.name!, params: { number: key ?? '' }, query: route.query })
  }
  function move(by: number) {
    if (keys.value.length === 0) return
    const to = at.value < 0 ? 0 : Math.min(Math.max(at.value + by, 0), keys.value.length - 1)
    open(keys.value[to])
  }
  /** What to look at once `key` is settled: the one that takes its place. */
  function after(key: string): string | undefined {
    const place = keys.value.indexOf(key)
    return keys.value[place + 1] ?? keys.value[place - 1]
  }
  return { at, open, move, after }
}
