// The keyboard: layers of keys, the uppermost first. Single letters are dead while a field has
// focus; a dialog's layer hides those below it.
import { onBeforeUnmount, onMounted } from 'vue'

export type Keys = Record<string, (event: KeyboardEvent) => void>
interface Layer {
  keys: () => Keys
  /** Hides all layers below, as a dialog does. */
  covers: boolean
  /** Heard under covers too: what must always be possible. */
  everywhere: boolean
}

const layers: Layer[] = []
/** The layers when the key went down: what it closes covers the rest until it is up again. */
let standing: Layer[] = []

/** "j", "Enter", "ctrl+Enter", "ctrl+shift+l". */
export function wordOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const held = [
    (event.ctrlKey || event.metaKey) && 'ctrl',
    event.shiftKey && (key.length > 1 || event.ctrlKey) && 'shift',
    event.altKey && 'alt',
  ].filter(Boolean)
  return [...held, key].join('+')
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type ?? '')
  )
}

/** Whether Enter belongs to what has focus: a button, a link, a radio. */
function takesEnter(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(BUTTON|A|SUMMARY)$/.test(target.tagName)
}

function pressed(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return
  const word = wordOf(event)
  const plain = !word.includes('+') && word !== 'Escape'
  if (plain && isField(event.target)) return
  if (word === 'Enter' && takesEnter(event.target)) return
  let covered = false
  for (let at = standing.length - 1; at >= 0; at--) {
    const layer = standing[at]!
    const hears = layers.includes(layer) && (!covered || layer.everywhere)
    const act = hears ? layer.keys()[word] : undefined
    if (act) {
      event.preventDefault()
      act(event)
      return
    }
    covered ||= layer.covers
  }
}

/** Starts hearing; once an app. */
export function hearKeys(): void {
  window.addEventListener('keydown', () => (standing = [...layers]), { capture: true })
  window.addEventListener('keydown', pressed)
}

/** These keys hold while the component is there. */
export function useKeys(keys: () => Keys, covers = false, everywhere = false): void {
  const layer: Layer = { keys, covers, everywhere }
  onMounted(() => layers.push(layer))
  onBeforeUnmount(() => {
    const at = layers.indexOf(layer)
    if (at >= 0) layers.splice(at, 1)
  })
}
