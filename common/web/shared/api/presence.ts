// Whether somebody is at the page: requests that no person caused are told apart, so that an open
// page does not keep a laptop unlocked.

/** After the last key or click a request still counts as a person's for so long. */
const causedMs = 5_000

let hears = false
let acted = Date.now()
let moved = Date.now()

/** Starts hearing; a page that does not hear counts every request as a person's. */
export function hearPresence(): void {
  hears = true
  const act = () => (acted = moved = Date.now())
  const move = () => (moved = Date.now())
  const how = { capture: true, passive: true }
  for (const name of ['keydown', 'pointerdown', 'drop', 'paste']) window.addEventListener(name, act, how)
  for (const name of ['pointermove', 'wheel']) window.addEventListener(name, move, how)
}

/** A person did something just now that may have caused a request. */
export const isCaused = (now = Date.now()) => !hears || now - acted < causedMs
/** When a person last moved anything at all. */
export const lastMoved = () => moved
