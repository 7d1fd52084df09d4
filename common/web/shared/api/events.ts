// The one stream of events of a page. The browser opens it again by itself after a break; a page
// out of sight gives it back, so that forgotten tabs hold none.
import { base } from './client'

export interface Counts {
  cases: number
  proposals: number
  approvals: number
  notifications: number
  late: number
}
export interface Changed {
  kind: string
  id: string
}
export interface Hearing {
  counts: (counts: Counts) => void
  changed: (changed: Changed) => void
  sync: (sync: { device: string; phase: string }) => void
  connected: (is: boolean) => void
}

/** Listens until the returned function is called. */
export function listen(hearing: Hearing): () => void {
  let source: EventSource | null = null
  const open = () => {
    if (source) return
    source = new EventSource(`${base}/events`)
    source.onopen = () => hearing.connected(true)
    source.onerror = () => hearing.connected(false)
    const hear = <T>(name: string, tell: (value: T) => void) =>
      source?.addEventListener(name, (event) => tell(JSON.parse((event as MessageEvent).data) as T))
    hear('counts', hearing.counts)
    hear('changed', hearing.changed)
    hear('sync', hearing.sync)
  }
  const close = () => {
    source?.close()
    source = null
  }
  const seen = () => (document.hidden ? close() : open())
  document.addEventListener('visibilitychange', seen)
  open()
  return () => {
    document.removeEventListener('visibilitychange', seen)
    close()
  }
}
