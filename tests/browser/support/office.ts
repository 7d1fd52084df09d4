// An office with people, customers, three laptops and a night's conflicts, made by the programs
// themselves, with its console on a port of this machine.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { front } from './front'

const root = resolve(fileURLToPath(new URL('.', import.meta.url)), '../../..')
const dossierd = process.env.DOSSIERD ?? join(root, 'build/dev/server/dossierd')
const dossier = process.env.DOSSIER ?? join(root, 'build/dev/client/dossier')

export const password = 'lake seven paper moon'
export const hostile = '<img src=x onerror="window.hit=1"><b>甲</b>'
export const reversed = '明润\u202e司公限有药医'

const people: [login: string, name: string, clearance: string, role: string, rank: string][] = [
  ['lijg', '李建国', '1', 'salesperson', 'staff'],
  ['wangf', '王芳', '1', 'salesperson', 'staff'],
  ['liuy', '刘洋', '2', 'info_clerk', 'staff'],
  ['hanm', '韩梅', '1', 'info_clerk', 'staff'],
  ['zhengh', '郑华', '3', 'service_manager', 'manager'],
]
const towns = ['杭州', '宁波', '温州', '嘉兴', '湖州', '绍兴']
const customers = Array.from({ length: 60 }, (_, at) => `${towns[at % towns.length]}明润医药有限公司${String(at + 1).padStart(3, '0')}`)

export interface Office {
  address: string
  customers: string[]
  /** Runs a command of the office as somebody; its JSON. */
  run: (who: string, ...words: string[]) => unknown
  stop: () => Promise<void>
}

/** An office asked to stop is given this long. */
const stopMs = 10_000

class Maker {
  readonly folder = mkdtempSync(join(tmpdir(), 'dossier-browser-'))
  private serving?: ChildProcess

  office(who: string, ...words: string[]): string {
    return execFileSync(dossierd, ['--lang', 'zh-CN', '--dir', join(this.folder, 'office'), '--as', who, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  }
  laptop(who: string, ...words: string[]): string {
    const base = join(this.folder, `laptop-${who}`)
    return execFileSync(dossier, ['--lang', 'zh-CN', '--dir', base, '--key-file', `${base}.key`, '-q', ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  }
  file(name: string, text: string | Buffer): string {
    const path = join(this.folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  people() {
    execFileSync(dossierd, ['--dir', join(this.folder, 'office'), 'init', '--admin', 'luop', '--admin-name', '罗平'], { stdio: 'ignore' })
    this.office('luop', 'region', 'add', 'HD', '华东')
    this.office('luop', 'department', 'add', 'YQ', '仪器销售部')
    for (const [login, name, clearance, role, rank] of people) {
      this.office('luop', 'user', 'add', login, '--name', name, '--region', 'HD', '--department', 'YQ', '--clearance', clearance, '--role', role, '--rank', rank)
    }
    const secret = this.file('password', `${password}\n`)
    for (const who of ['luop', 'lijg', 'liuy', 'hanm', 'zhengh']) this.office(who, 'user', 'password', who, '--password-file', secret)
    // This one was set by somebody else: it has to be replaced before anything else.
    this.office('luop', 'user', 'password', 'wangf', '--password-file', secret)
  }
  customers() {
    const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`
    const rows = [...customers, hostile, reversed].map((name, at) => [quoted(name), `0571-8899${String(at).padStart(4, '0')}`, at % 2 ? 'wangf' : 'lijg', at % 2 ? 'lijg' : 'wangf', 'HD', 'YQ'].join(','))
    const table = this.file('customers.csv', ['客户名称,总机,负责业务员,负责客服,区域,归口部门', ...rows].join('\n'))
    this.office('liuy', 'customer', 'import', table)
  }
  /** Starts to serve; resolves with the addresses it prints. */
  async serve(listen: string, ...options: string[]): Promise<string[]> {
    const serving = spawn(dossierd, ['--lang', 'zh-CN', '--dir', join(this.folder, 'office'), 'serve', '--listen', listen, '--log', join(this.folder, 'office.log'), ...options])
    this.serving = serving
    const wanted = options.length > 0 ? 2 : 1
    return new Promise((done, fail) => {
      let told = ''
      serving.stdout.on('data', (text) => {
        told += String(text)
        const found = told.match(/127\.0\.0\.1:\d+/g) ?? []
        if (found.length >= wanted) done(found)
      })
      serving.on('exit', (code) => fail(new Error(`the office ended with ${code}: ${told}`)))
    })
  }
  async stop() {
    const serving = this.serving
    this.serving = undefined
    if (!serving || serving.exitCode !== null) return
    serving.removeAllListeners('exit')
    const gone = new Promise((done) => serving.once('exit', done))
    serving.kill('SIGTERM')
    const late = setTimeout(() => serving.kill('SIGKILL'), stopMs)
    await gone
    clearTimeout(late)
  }
  laptops(host: string) {
    for (const who of ['lijg', 'wangf']) {
      const told = JSON.parse(this.office('luop', '--json', 'invite', 'create', '--user', who, '--host', host)) as { invite?: string; code?: string }
      this.file(`laptop-${who}.key`, Buffer.from(who.padEnd(32, '.')))
      this.laptop(who, 'init')
      this.laptop(who, 'enroll', '--invite', (told.invite ?? told.code)!, '--name', who)
    }
    for (const code of ['N01', 'N02']) this.office('luop', 'device', 'approve', code)
    for (const who of ['lijg', 'wangf']) this.laptop(who, 'sync')
  }
  /** Both change the same names while the office is away. */
  conflicts() {
    for (const name of [...customers.slice(0, 6), hostile]) {
      this.laptop('lijg', 'customer', 'edit', name, '--name', `${name}（李改）`)
      this.laptop('wangf', 'customer', 'edit', name, '--name', `${name}（王改）`)
    }
  }
}

export async function makeOffice(): Promise<Office> {
  const maker = new Maker()
  maker.people()
  maker.customers()
  // Laptops come back to the address they know, so that it is chosen once.
  const host = `127.0.0.1:${await freePort()}`
  await maker.serve(host)
  maker.laptops(host)
  await maker.stop()
  maker.conflicts()
  const told = await maker.serve(host, '--console', '127.0.0.1:0', '--plain')
  for (const who of ['lijg', 'wangf', 'lijg']) maker.laptop(who, 'sync')
  const console_ = told.find((each) => each !== host)!
  const page = await front(`http://${console_}`)
  return {
    address: page.address,
    customers,
    run: (who, ...words) => JSON.parse(maker.office(who, '--json', ...words)) as unknown,
    stop: async () => {
      page.stop()
      await maker.stop()
      rmSync(maker.folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}
