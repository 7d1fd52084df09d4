// The one-time token of the address the agent opened.

const shape = /^#token=([\w-]{43})$/

/** The token in a fragment; undefined where there is none. */
export const tokenIn = (fragment: string): string | undefined => shape.exec(fragment)?.[1]

/** Takes the token out of the address bar: it stays in no history. */
export function takeToken(): string | undefined {
  const { hash, pathname, search } = window.location
  if (hash.startsWith('#token=')) window.history.replaceState(window.history.state, '', pathname + search)
  return tokenIn(hash)
}
