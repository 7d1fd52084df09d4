// An office with people, customers, two laptops and a night's conflicts, made by the programs
// themselves, with its console on a port of this machine.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { front } from './front'
import { dossier, dossierd, freePort, keepRunning, run, type Running } from './programs'

export const password = 'lake seven paper moon'
export const hostile = '<img src=x onerror="window.hit=1"><b>甲</b>'
export const reversed = '明润\u202e司公限有药医'

/** What an office is made with. */
export interface Making {
  customers: number
  /** So many of the customers are called differently by both laptops. */
  conflicts: number
}
export const usual: Making = { customers: 60, conflicts: 6 }

const people: [login: string, name: string, clearance: string, role: string, rank: string, superior?: string][] = [
  ['zhangw', '张伟', '1', 'regional_manager', 'manager'],
  ['lijg', '李建国', '1', 'salesperson', 'staff', 'zhangw'],
  ['wangf', '王芳', '1', 'salesperson', 'staff', 'zhangw'],
  ['chenj', '陈静', '1', 'salesperson', 'staff'],
  ['liuy', '刘洋', '2', 'info_clerk', 'staff'],
  ['hanm', '韩梅', '1', 'info_clerk', 'staff'],
  ['zhengh', '郑华', '3', 'service_manager', 'manager'],
  ['qianm', '钱明', '1', 'service_staff', 'staff'],
  ['sunli', '孙丽', '1', 'auditor', 'staff'],
  ['hey', '何勇', '1', 'market_inspector', 'staff'],
  ['heli', '何丽', '1', 'service_manager', 'manager'],
]
/** So many customers at the end are of chenj. */
const freshCustomers = 10
const towns = ['杭州', '宁波', '温州', '嘉兴', '湖州', '绍兴']
const nameOf = (at: number) => `${towns[at % towns.length]}明润医药有限公司${String(at + 1).padStart(3, '0')}`
const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`

export interface Office {
  /** Of its console. */
  address: string
  /** Where laptops connect. */
  host: string
  folder: string
  customers: string[]
  /** Runs a command of the office as somebody; its JSON. */
  run: (who: string, ...words: string[]) => unknown
  /** Runs a command of the office as somebody; what it prints. */
  say: (who: string, ...words: string[]) => string
  /** The clerk proposes a level for a customer, and the service manager approves it. */
  mark: (customer: string, level: number) => void
  /** An invite for one laptop of somebody. */
  invite: (who: string, host?: string) => string
  /** A file in the folder. */
  file: (name: string, text: string | Buffer) => string
  /** Serves again at the same addresses after a stop. */
  start: () => Promise<void>
  stop: () => Promise<void>
  end: () => Promise<void>
}

class Maker {
  readonly folder = mkdtempSync(join(tmpdir(), 'dossier-browser-'))
  readonly customers: string[]
  private serving?: Running

  constructor(private readonly making: Making) {
    this.customers = Array.from({ length: making.customers }, (_, at) => nameOf(at))
  }
  office(who: string, ...words: string[]): string {
    return run(dossierd, '--lang', 'zh-CN', '--dir', join(this.folder, 'office'), '--as', who, ...words)
  }
  laptop(who: string, ...words: string[]): string {
    const base = join(this.folder, `laptop-${who}`)
    return run(dossier, '--lang', 'zh-CN', '--dir', base, '--key-file', `${base}.key`, '-q', ...words)
  }
  file(name: string, text: string | Buffer): string {
    const path = join(this.folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  makePeople() {
    run(dossierd, '--dir', join(this.folder, 'office'), 'init', '--admin', 'luop', '--admin-name', '罗平')
    this.office('luop', 'region', 'add', 'HD', '华东')
    this.office('luop', 'department', 'add', 'YQ', '仪器销售部')
    for (const [login, name, clearance, role, rank, superior] of people) {
      const above = superior ? ['--superior', superior] : []
      this.office('luop', 'user', 'add', login, '--name', name, '--region', 'HD', '--department', 'YQ', '--clearance', clearance, '--role', role, '--rank', rank, ...above)
    }
    const secret = this.file('password', `${password}\n`)
    for (const who of ['luop', ...people.map(([login]) => login)]) {
      // One is set by somebody else: it has to be replaced before anything else.
      this.office(who === 'wangf' ? 'luop' : who, 'user', 'password', who, '--password-file', secret)
    }
  }
  /** Who sells and who serves; the last ones are of somebody whose laptop is not there yet. */
  private caredForBy(at: number): [string, string] {
    const { customers, conflicts } = this.making
    if (at < customers && at >= Math.max(conflicts, customers - freshCustomers)) return ['chenj', 'qianm']
    return at % 2 ? ['wangf', 'lijg'] : ['lijg', 'wangf']
  }
  makeCustomers() {
    const rows = [...this.customers, hostile, reversed].map((name, at) => [quoted(name), `0571-8899${String(at).padStart(4, '0')}`, ...this.caredForBy(at), 'HD', 'YQ'].join(','))
    this.office('liuy', 'customer', 'import', '--batch', '期初客户', this.file('customers.csv', ['客户名称,总机,负责业务员,负责客服,区域,归口部门', ...rows].join('\n')))
    const [asked] = JSON.parse(this.office('heli', '--json', 'approval', 'list')) as { id: string }[]
    this.office('heli', 'approval', 'approve', asked!.id)
    this.office('luop', 'job', 'run', 'post_batches')
  }
  async serve(host: string, console_?: string) {
    const pages = console_ ? ['--console', console_, '--plain'] : []
    const ready = (told: string) => told.includes(console_ ?? host)
    this.serving = await keepRunning(dossierd, ['--lang', 'zh-CN', '--dir', join(this.folder, 'office'), 'serve', '--listen', host, '--log', join(this.folder, 'office.log'), ...pages], ready)
  }
  async stop() {
    await this.serving?.stop()
    this.serving = undefined
  }
  invite(who: string, host: string): string {
    const told = JSON.parse(this.office('luop', '--json', 'invite', 'create', '--user', who, '--host', host)) as { invite?: string; code?: string }
    return (told.invite ?? told.code)!
  }
  mark(customer: string, level: number) {
    this.office('liuy', 'secrecy-marking', 'add', '--customer', customer, '--level', String(level), '--basis', '重点客户')
    const open = JSON.parse(this.office('zhengh', '--json', 'approval', 'list')) as { id: string; kind: string; state: string }[]
    for (const each of open) {
      if (each.kind === 'secrecy' && each.state === 'open') this.office('zhengh', 'approval', 'approve', each.id)
    }
  }
  makeLaptops(host: string) {
    for (const who of ['lijg', 'wangf']) {
      this.file(`laptop-${who}.key`, Buffer.from(who.padEnd(32, '.')))
      this.laptop(who, 'init')
      this.laptop(who, 'enroll', '--invite', this.invite(who, host), '--name', who)
    }
    for (const code of ['N01', 'N02']) this.office('luop', 'device', 'approve', code)
    for (const who of ['lijg', 'wangf']) this.laptop(who, 'sync')
  }
  /** Both call the same customers differently while the office is away. */
  makeConflicts() {
    const told = JSON.parse(this.office('hanm', '--json', 'customer', 'list', '--limit', '1000')) as { customer_no: string; name: string }[]
    const contested = new Set([...this.customers.slice(0, this.making.conflicts), hostile])
    for (const [who, mark] of [['lijg', '李改'], ['wangf', '王改']] as const) {
      const rows = told.filter((each) => contested.has(each.name)).map((each) => `${each.customer_no},${quoted(`${each.name}（${mark}）`)}`)
      this.laptop(who, 'customer', 'import', '--update', this.file(`${who}.csv`, ['客户编号,客户名称', ...rows].join('\n')))
    }
  }
}

export async function makeOffice(making: Making): Promise<Office> {
  const maker = new Maker(making)
  maker.makePeople()
  maker.makeCustomers()
  // Laptops and browsers come back to the addresses they know, so that they are chosen once.
  const host = `127.0.0.1:${await freePort()}`
  const console_ = `127.0.0.1:${await freePort()}`
  await maker.serve(host)
  maker.makeLaptops(host)
  await maker.stop()
  maker.makeConflicts()
  await maker.serve(host, console_)
  for (const who of ['lijg', 'wangf', 'lijg']) maker.laptop(who, 'sync')
  const page = await front(`http://${console_}`)
  return {
    address: page.address,
    host,
    folder: maker.folder,
    customers: maker.customers,
    run: (who, ...words) => JSON.parse(maker.office(who, '--json', ...words)) as unknown,
    say: (who, ...words) => maker.office(who, ...words),
    mark: (customer, level) => maker.mark(customer, level),
    invite: (who, at = host) => maker.invite(who, at),
    file: (name, text) => maker.file(name, text),
    start: () => maker.serve(host, console_),
    stop: () => maker.stop(),
    end: async () => {
      page.stop()
      await maker.stop()
      rmSync(maker.folder, { recursive: true, force: true })
    },
  }
}
