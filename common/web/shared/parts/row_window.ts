// Which rows of a long table are drawn: those in view and a screen's worth on either side.
import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Up to here every row is drawn; finding words on the page works then. */
const windowedFrom = 500
const rowHeight = 36
const marginRows = 40

export interface RowWindow {
  from: number
  to: number
  /** Pixels of the rows not drawn. */
  above: number
  below: number
}

/** The window for a table of `count` rows when its body begins `top` pixels below the view's edge. */
export function windowOf(count: number, top: number, viewHeight: number): RowWindow {
  if (count <= windowedFrom) return { from: 0, to: count, above: 0, below: 0 }
  const first = Math.floor(-top / rowHeight) - marginRows
  const from = Math.min(Math.max(0, first), count)
  const to = Math.min(count, from + Math.ceil(viewHeight / rowHeight) + 2 * marginRows)
  return { from, to, above: from * rowHeight, below: (count - to) * rowHeight }
}

export function useRowWindow(body: Ref<HTMLElement | null>, count: Ref<number>) {
  const top = ref(0)
  let asked = 0
  const look = () => {
    cancelAnimationFrame(asked)
    asked = requestAnimationFrame(() => (top.value = body.value?.getBoundingClientRect().top ?? 0))
  }
  onMounted(() => {
    window.addEventListener('scroll', look, { capture: true, passive: true })
    window.addEventListener('resize', look)
  })
  onBeforeUnmount(() => {
    cancelAnimationFrame(asked)
    window.removeEventListener('scroll', look, { capture: true })
    window.removeEventListener('resize', look)
  })
  return computed(() => windowOf(count.value, top.value, window.innerHeight))
}
