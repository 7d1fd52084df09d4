// The one stream of events of a page. The browser opens it again by itself after a break; a page
// out of sight gives it back, so that forgotten tabs hold none.
import { base, standing } from './client'

export interface Changed {
  /** "*": much changed at once. */
  kind: string
  id: string | null
}
export interface Hearing {
  changed: (changed: Changed) => void
  /** By name: what one program alone tells. */
  more: Record<string, (document: never) => void>
  /** The session ended. */
  over: () => void
  connected: (is: boolean) => void
}

/** After how long a stream that was refused is asked for again. */
const againMs = 30_000

/** Listens until the returned function is called. */
export function listen(hearing: Hearing): () => void {
  let source: EventSource | null = null
  let heard = false
  let again: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    if (source) return
    source = new EventSource(`${base}/events?lang=${standing.language}`)
    source.onopen = () => {
      heard = true
      hearing.connected(true)
    }
    source.onerror = () => {
      if (heard) hearing.connected(false)
      // The browser tries again by itself unless the answer was no stream at all.
      if (source?.readyState === EventSource.CLOSED) {
        close()
        again = setTimeout(seen, againMs)
      }
    }
    const hear = <T>(name: string, tell: (value: T) => void) =>
      source?.addEventListener(name, (event) => tell(JSON.parse((event as MessageEvent).data) as T))
    hear('changed', hearing.changed)
    for (const [name, tell] of Object.entries(hearing.more)) hear(name, tell)
    source.addEventListener('over', () => {
      close()
      hearing.over()
    })
  }
  const close = () => {
    source?.close()
    source = null
  }
  const seen = () => (document.hidden ? close() : open())
  document.addEventListener('visibilitychange', seen)
  open()
  return () => {
    clearTimeout(again)
    document.removeEventListener('visibilitychange', seen)
    close()
  }
}
