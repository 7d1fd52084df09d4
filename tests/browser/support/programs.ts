// The programs under test: where they are, how one is run to its end, how one is kept running.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { type AddressInfo, createServer } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(fileURLToPath(new URL('.', import.meta.url)), '../../..')
export const dossierd = process.env.DOSSIERD ?? `${root}/build/dev/server/dossierd`
export const dossier = process.env.DOSSIER ?? `${root}/build/dev/client/dossier`

/** What the command prints. Errors: throws when it ends with anything but 0. */
export function run(program: string, ...words: string[]): string {
  return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 })
}

/** A port nobody listens on now, so that a program can come back to the same one. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}

/** A program asked to stop is given this long. */
const stopMs = 10_000

export interface Running {
  /** What it printed until it was ready. */
  told: string
  stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** Starts a program; resolves once what it prints says that it is ready. */
export function keepRunning(program: string, words: string[], ready: (told: string) => boolean, environment: NodeJS.ProcessEnv = {}): Promise<Running> {
  const child = spawn(program, words, { env: { ...process.env, ...environment } })
  let told = ''
  return new Promise((done, fail) => {
    const hear = (text: Buffer) => {
      told += String(text)
      if (ready(told)) done({ told, stop: (signal = 'SIGTERM') => ended(child, signal) })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', (code) => fail(new Error(`${program} ended with ${code}: ${told}`)))
  })
}

async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL') {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), stopMs)
  await gone
  clearTimeout(late)
}
