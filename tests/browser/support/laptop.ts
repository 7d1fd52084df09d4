// A laptop of somebody: its folder, its program that serves the page and syncs by itself, and a
// browser that came in by the link the program printed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Office } from './office'
import { dossier, freePort, keepRunning, run, type Running } from './programs'

export const passphrase = 'a laptop by the quiet lake'

export interface Laptop {
  folder: string
  /** Whether the first run is behind it. */
  isEnrolled: boolean
  /** Of its page. */
  address: string
  /** Starts its program; the link that lets one browser in, once. `clock`: shifts its time, as "+4d". */
  start: (clock?: string) => Promise<string>
  stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
  /** Runs a command; its JSON. */
  run: (...words: string[]) => unknown
  end: () => Promise<void>
}

const shifting = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'

export async function makeLaptop(): Promise<Laptop> {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-laptop-'))
  const port = await freePort()
  const base = ['--lang', 'zh-CN', '--dir', join(folder, 'store')]
  let running: Running | undefined
  const stop = async (signal?: 'SIGTERM' | 'SIGKILL') => {
    await running?.stop(signal)
    running = undefined
  }
  return {
    folder,
    isEnrolled: false,
    address: `http://127.0.0.1:${port}`,
    start: async (clock) => {
      const environment = clock ? { LD_PRELOAD: shifting, FAKETIME: clock, DONT_FAKE_MONOTONIC: '1' } : {}
      running = await keepRunning(dossier, [...base, 'run', '--port', String(port)], (told) => told.includes('#token='), environment)
      return /http:\S+#token=[\w-]+/.exec(running.told)![0]
    },
    stop,
    run: (...words) => JSON.parse(run(dossier, ...base, '-q', '--json', ...words)) as unknown,
    end: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Lets the office's administrator approve the laptop that waits. */
export function approve(office: Office): string {
  const devices = office.run('luop', 'device', 'list') as { code: string; state: string }[]
  const code = devices.find((each) => each.state === 'pending')!.code
  office.run('luop', 'device', 'approve', code)
  return code
}
