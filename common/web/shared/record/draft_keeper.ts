// Keeps what is typed into a form: saved at most every `everyMs` while something changed, one save
// at a time, the latest form last. It knows no clock, no network and no component.

export interface Keeping {
  /** Saves one form; resolves with when it was saved. */
  save: (form: string) => Promise<string>
  later: (act: () => void, ms: number) => unknown
  everyMs?: number
  told: (state: { savedAt?: string; failed: boolean }) => void
}

export interface DraftKeeper {
  /** The form reads so now. */
  change: (form: string) => void
  /** Saves what is not saved yet; resolves when it is, or could not be. */
  flush: () => Promise<void>
  /** What was typed is done with: nothing more is saved, and what is on its way has arrived. */
  stop: () => Promise<void>
}

export const draftEveryMs = 2_000

/** `begun`: the form as it began; the same again is no change. */
export function draftKeeper(begun: string, keeping: Keeping): DraftKeeper {
  let kept = begun
  let now = begun
  let waiting = false
  let stopped = false
  let running: Promise<void> = Promise.resolve()

  function saveNow(): Promise<void> {
    running = running.then(async () => {
      if (stopped || now === kept) return
      const form = now
      try {
        const savedAt = await keeping.save(form)
        kept = form
        keeping.told({ savedAt, failed: false })
      } catch {
        keeping.told({ failed: true })
      }
      if (!stopped && now !== kept) wait()
    })
    return running
  }
  function wait() {
    if (waiting || stopped) return
    waiting = true
    keeping.later(() => {
      waiting = false
      void saveNow()
    }, keeping.everyMs ?? draftEveryMs)
  }
  return {
    change(form) {
      now = form
      if (now !== kept) wait()
    },
    flush: saveNow,
    async stop() {
      stopped = true
      await running
    },
  }
}
