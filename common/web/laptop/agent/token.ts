// The one-time token of the address the agent opened.

const shape = /^#token=([\w-]{20,128})$/

/** The token in a fragment; undefined where there is none. */
export const tokenIn = (fragment: string): string | undefined => shape.exec(fragment)?.[1]

/** Taken out of the address bar as soon as this is loaded, so that it stays in no history. */
let held: string | undefined
if (typeof window !== 'undefined') {
  const { hash, pathname, search } = window.location
  held = tokenIn(hash)
  if (hash.startsWith('#token=')) window.history.replaceState(null, '', pathname + search)
}

/** The token this page was opened with, once. */
export function takeToken(): string | undefined {
  const token = held
  held = undefined
  return token
}
