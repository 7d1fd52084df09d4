// A queue of matters with numbers: which is looked at, the next and the one before. Where the address
// names none, the first that waits is looked at.
import { computed, onBeforeUnmount, ref, type Ref, watch } from 'vue'
import { onBeforeRouteLeave, useRoute, useRouter } from 'vue-router'

export function useQueue(keys: Ref<string[]>, current: Ref<string | undefined>) {
  const router = useRouter()
  const route = useRoute()
  /** Settled here: out of the queue before the list is read again, so that nobody waits for that. */
  const settled = ref<string[]>([])
  /** Put back before the list is read again: it stands ahead of what was looked at then. */
  const back = ref<{ key: string; ahead?: string }>()
  const waiting = computed(() => {
    const left = keys.value.filter((key) => !settled.value.includes(key))
    if (!back.value || left.includes(back.value.key)) return left
    const place = Math.max(0, left.indexOf(back.value.ahead ?? ''))
    return [...left.slice(0, place), back.value.key, ...left.slice(place)]
  })
  const at = computed(() => waiting.value.indexOf(current.value ?? ''))

  // A list that comes late must not call back who has gone to another page.
  let left = false
  onBeforeRouteLeave(() => {
    left = true
  })
  // Whoever was asked and stays is there again.
  onBeforeUnmount(router.afterEach((_, __, failure) => failure && (left = false)))
  function open(key: string | undefined) {
    if (left) return
    void router.replace({ name: route.name!, params: { number: key ?? '' }, query: route.query })
  }
  watch([current, waiting], () => {
    if (!current.value && waiting.value[0]) open(waiting.value[0])
  })
  function move(by: number) {
    if (waiting.value.length === 0) return
    const to = at.value < 0 ? 0 : Math.min(Math.max(at.value + by, 0), waiting.value.length - 1)
    open(waiting.value[to])
  }
  /** `key` is settled: the one that takes its place is looked at. */
  function leave(key: string) {
    const place = waiting.value.indexOf(key)
    const next = waiting.value[place + 1] ?? waiting.value[place - 1]
    settled.value = [...settled.value, key]
    open(next)
  }
  /** `key` waits again, and is looked at. */
  function putBack(key: string) {
    settled.value = settled.value.filter((each) => each !== key)
    if (key !== current.value) back.value = { key, ahead: current.value }
    open(key)
  }
  /** Reads the queue again; of what was settled before it was asked, it tells itself. */
  async function read(load: () => Promise<void>) {
    const before = settled.value
    await load()
    if (back.value && keys.value.includes(back.value.key)) back.value = undefined
    settled.value = settled.value.filter((key) => !before.includes(key))
  }
  /** Whether this is what is looked at. While another is read, what shows is the one before it: keys decide nothing then. */
  const isAt = (key: unknown) => String(key) === current.value
  const waits = (key: unknown) => !settled.value.includes(String(key))
  return { at, waiting, waits, open, move, leave, putBack, read, isAt }
}
