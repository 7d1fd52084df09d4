// The one-time token of the address the agent opened.

const shape = /^#token=([\w-]{20,128})$/

/** The token in a fragment; undefined where there is none. */
export const tokenIn = (fragment: string): string | undefined => shape.exec(fragment)?.[1]

/** Taken out of the address bar as soon as it stands there, so that it stays in no history. */
let held: string | undefined
function hold() {
  const { hash, pathname, search } = window.location
  if (!hash.startsWith('#token=')) return
  held = tokenIn(hash)
  window.history.replaceState(window.history.state, '', pathname + search)
}
if (typeof window !== 'undefined') hold()

/** The token this page was opened with, once. */
export function takeToken(): string | undefined {
  const token = held
  held = undefined
  return token
}

/** Hears of a link opened in a tab that shows the page already: only what is behind # changes then. */
export function onLink(came: () => void): () => void {
  const hear = () => {
    hold()
    if (held !== undefined) came()
  }
  window.addEventListener('hashchange', hear)
  return () => window.removeEventListener('hashchange', hear)
}
