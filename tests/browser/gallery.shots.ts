// Every page of both programs as people see it, one picture each, into build/browser/gallery beside
// a list of what is wrong at first sight. Nothing is asserted: somebody looks at them.
import type { Browser, Page } from '@playwright/test'

import { alsoNarrow, type Gallery, gallery, type Language, languages, wide } from './support/gallery'
import { approve, makeLaptop, passphrase } from './support/laptop'
import { enter } from './support/laptop_page'
import { type Office, password } from './support/office'
import { signIn, test } from './support/test'
import { codeAt } from './support/totp'

test.use({ making: { customers: 40, conflicts: 5 } })

interface Shot {
  name: string
  path: string
  /** What is done on the page before the picture is taken. */
  first?: (page: Page) => Promise<unknown>
  sizes?: typeof wide | typeof alsoNarrow
}
const key = (which: string) => (page: Page) => page.keyboard.press(which)
/** The button, tab or link at a place of the page, whatever it is called in the language. */
const click = (where: string, at = 0) => (page: Page) => page.locator(where).nth(at).click({ timeout: 4000 })
const inTurn = (...all: ((page: Page) => Promise<unknown>)[]) => async (page: Page) => {
  for (const each of all) await each(page)
}
const state = (page: Page, purpose: string) => page.locator('#purpose').fill(purpose).then(() => page.keyboard.press('Enter'))

/** A picture that cannot be taken is told, and the next one is taken. */
async function takeAll(page: Page, shots: Shot[], album: Gallery, place = '') {
  for (const { name, path, first, sizes } of shots) {
    try {
      await page.goto(place + path)
      await page.waitForTimeout(700)
      await first?.(page)
      await page.waitForTimeout(500)
    } catch (error) {
      process.stdout.write(`${name}: ${String(error).split('\n')[0]}\n`)
    }
    await album.take(page, name, sizes)
  }
}
async function speaking(browser: Browser, language: Language, baseURL?: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, locale: language })
  await context.addInitScript((code) => localStorage.setItem('dossier.language', code), language)
  return context.newPage()
}

interface Known {
  id: string
  name: string
}
const named = (office: Office, name: string) =>
  (office.run('hanm', 'customer', 'list', '--text', name) as Known[])[0]!.id
/** What a busy office has beside a night's conflicts: a proposal, a pair, contacts, a file under a level. */
function furnish(office: Office) {
  const at = (which: number) => named(office, office.customers[which]!)
  office.say('lijg', 'customer', 'edit', at(6), '--name', '温州明润医药集团有限公司')
  office.say('lijg', 'customer', 'edit', at(8), '--unified-code', '91330106MA2AB1234X')
  for (const [which, name] of ['台州远山诊断试剂有限公司', '台州远山诊断试剂有限责任公司'].entries()) {
    office.say('liuy', 'customer', 'import', office.file(`twin${which}.csv`, `客户名称,总机,负责业务员,负责客服,区域,归口部门\n${name},0576-81100001,lijg,wangf,HD,YQ\n`))
  }
  office.say('liuy', 'dup', 'scan')
  office.mark(at(10), 2)
}

const officePages = (office: Office): Shot[] => {
  const file = `/kinds/customer/${named(office, office.customers[6]!)}`
  return [
    { name: 'o10-morning', path: '/' },
    { name: 'o11-help', path: '/', first: key('?') },
    { name: 'o20-cases', path: '/cases' },
    { name: 'o21-case-taken', path: '/cases', first: inTurn(key('2'), key('v')) },
    { name: 'o22-case-batch', path: '/cases', first: click('.left .foot button') },
    { name: 'o23-cases-settled', path: '/cases', first: click('.left .tabs button, .left [role=tab]', 1) },
    { name: 'o30-proposals', path: '/proposals' },
    { name: 'o40-duplicates', path: '/duplicates' },
    { name: 'o41-merge-preview', path: '/duplicates', first: key('Control+Enter') },
    { name: 'o42-duplicates-settled', path: '/duplicates', first: click('.left .tabs button, .left [role=tab]', 1) },
    { name: 'o50-tasks', path: '/kinds/task' },
    { name: 'o51-approvals', path: '/kinds/approval' },
    { name: 'o52-notifications', path: '/kinds/notification' },
    { name: 'o60-customers', path: '/kinds/customer' },
    { name: 'o61-customers-none', path: '/kinds/customer?text=zzzz' },
    { name: 'o62-customer-add', path: '/kinds/customer', first: key('c') },
    { name: 'o63-columns', path: '/kinds/customer', first: click('.tools .el-button') },
    { name: 'o64-search', path: '/kinds/customer', first: inTurn(key('/'), (page) => page.keyboard.type('hzmr')) },
    { name: 'o70-customer', path: file },
    { name: 'o71-field-history', path: file, first: click('#page .label button, #page dt button, #page .fact button') },
    { name: 'o72-customer-edit', path: file, first: key('e') },
    ...Array.from({ length: 6 }, (_, at): Shot => ({ name: `o73-customer-tab${at + 1}`, path: file, first: click('[role=tablist] [role=tab]', at + 1) })),
    { name: 'o79-print-card', path: file, first: (page) => page.emulateMedia({ media: 'print' }) },
    { name: 'o80-kinds', path: '/kinds', first: (page) => page.emulateMedia({ media: 'screen' }) },
    { name: 'o81-import', path: '/import' },
    { name: 'o82-export', path: '/export' },
    { name: 'o83-reports', path: '/reports' },
    { name: 'o90-devices', path: '/devices' },
    { name: 'o91-device', path: '/devices/N01' },
    { name: 'o92-held', path: '/held' },
    { name: 'o93-syncs', path: '/syncs' },
    { name: 'o94-sync', path: '/syncs/1' },
    { name: 'o95-audit', path: '/audit' },
    { name: 'o96-audit-line', path: '/audit', first: inTurn(key('j'), key('j')) },
    { name: 'o97-people', path: '/people' },
    { name: 'o98-person', path: '/people/lijg' },
    { name: 'o99-grants', path: '/grants' },
    { name: 'oa0-jobs', path: '/jobs' },
    { name: 'oa1-backups', path: '/backups' },
    { name: 'oa2-settings', path: '/settings' },
    { name: 'oa3-account', path: '/account' },
    { name: 'oa4-nowhere', path: '/no/such/page' },
    { name: 'oa5-unknown-record', path: '/kinds/customer/00000000-0000-0000-0000-000000000000' },
  ]
}
/** A file under a level, before and after its reader said why. */
const confidential = (office: Office): Shot[] => {
  const path = `/kinds/customer/${named(office, office.customers[10]!)}`
  return [
    { name: 'ob0-purpose', path, first: (page) => page.locator('#page button.linkish').first().click({ timeout: 4000 }) },
    { name: 'ob1-purpose-stated', path, first: (page) => page.locator('#page button.linkish').first().click({ timeout: 4000 }).then(() => state(page, '客户回访准备')) },
  ]
}
/** Who can open most of it: the administrator sees the control pages, the clerk the files. */
const administrators = /^o(1[01]|9|a)/

async function signInShots(page: Page, album: Gallery, who: string) {
  await page.goto('/')
  await page.locator('#user').fill(who)
  await album.take(page, 'o00-password')
  await page.locator('#password').fill('not the password')
  await page.keyboard.press('Enter')
  await page.locator('.why').waitFor()
  await album.take(page, 'o01-password-wrong')
  await page.waitForTimeout(3000)
  await page.reload()
  await page.locator('#user').fill(who)
  await page.locator('#password').fill(password)
  await page.keyboard.press('Enter')
  await page.locator('.step .text').waitFor()
  await album.take(page, 'o02-agreement')
  await page.locator('.step .el-checkbox').click()
  await page.locator('.step .el-button--primary').click()
  await page.locator('#first-code').waitFor()
  await album.take(page, 'o03-second-factor')
  const secret = await page.locator('.step .mono').innerText()
  await page.locator('#first-code').fill(codeAt(secret, Date.now()))
  await page.keyboard.press('Enter')
  await page.locator('.codes li').first().waitFor()
  await album.take(page, 'o04-recovery-codes')
  const [recovery] = await page.locator('.codes li').allInnerTexts()
  await page.locator('.step .el-checkbox').click()
  await page.locator('.step .el-button--primary').click()
  await page.locator('#page').waitFor()
  await page.keyboard.press('Control+Shift+L')
  await page.locator('#user').fill(who)
  await page.locator('#password').fill(password)
  await page.keyboard.press('Enter')
  await page.locator('.digit').first().waitFor()
  await album.take(page, 'o05-code')
  await page.getByRole('button', { name: /恢复码|recovery/i }).click()
  await page.locator('#code').fill(recovery!)
  await page.keyboard.press('Enter')
  await page.locator('#page').waitFor()
}
async function newPasswordShots(page: Page, album: Gallery, office: Office, who: string) {
  office.say('luop', 'user', 'password', who, '--password-file', `${office.folder}/password`)
  await page.goto('/')
  await page.locator('#user').fill(who)
  await page.locator('#password').fill(password)
  await page.keyboard.press('Enter')
  await page.locator('.step .el-checkbox').or(page.locator('#new')).first().waitFor()
  if (await page.locator('.step .el-checkbox').isVisible()) {
    await page.locator('.step .el-checkbox').click()
    await page.locator('.step .el-button--primary').click()
  }
  await page.locator('#new').waitFor()
  await album.take(page, 'o06-new-password')
  await page.goto(/\/reset#\w+/.exec(office.say('luop', 'user', 'reset-link', who))![0])
  await album.take(page, 'o07-reset')
}

for (const language of languages) {
  const factored = language === 'en' ? 'liuy' : 'zhengh'
  const renewed = language === 'en' ? 'lijg' : 'wangf'

  test(`the office in ${language}`, async ({ browser, office, baseURL }) => {
    if (language === 'zh-CN') furnish(office)
    const album = gallery(language, 'office')
    const reader = await speaking(browser, language, baseURL)
    await signInShots(reader, album, factored)
    await takeAll(reader, confidential(office), album)
    await newPasswordShots(await speaking(browser, language, baseURL), album, office, renewed)
    const shots = officePages(office)
    for (const [who, own] of [['luop', shots.filter(({ name }) => administrators.test(name))], ['hanm', [{ name: 'o12-morning-clerk', path: '/' }, ...shots.filter(({ name }) => !administrators.test(name))]]] as const) {
      const page = await speaking(browser, language, baseURL)
      page.on('dialog', (dialog) => void dialog.accept())
      await page.goto('/')
      await signIn(page, who)
      await takeAll(page, own, album)
    }
  })

  test(`the laptop in ${language}`, async ({ browser, office }) => {
    const album = gallery(language, 'laptop')
    const laptop = await makeLaptop()
    try {
      const page = await speaking(browser, language)
      page.on('dialog', (dialog) => void dialog.accept())
      await firstRunShots(page, album, await laptop.start(), office)
      const own = office.customers.slice(-6)
      evening(laptop, office, own, language)
      await takeAll(page, laptopPages(named(office, own[0]!), own[4]!), album, laptop.address)
      await page.goto(`${laptop.address}/`)
      await page.getByRole('navigation').first().waitFor()
      await page.keyboard.press('Control+Shift+L')
      await page.locator('#passphrase').waitFor()
      await album.take(page, 'l80-locked', alsoNarrow)
      await page.locator('#passphrase').fill('wrong')
      await page.keyboard.press('Enter')
      await page.waitForTimeout(2500)
      await album.take(page, 'l81-locked-wrong')
      const stranger = await speaking(browser, language)
      await stranger.goto(laptop.address)
      await album.take(stranger, 'l82-stranger')
      await laptop.stop()
      await album.take(page, 'l83-program-gone')
    } finally {
      await laptop.end()
    }
  })
}

async function firstRunShots(page: Page, album: Gallery, link: string, office: Office) {
  const next = () => page.locator('.el-button--primary').click()
  await enter(page, link)
  await page.locator('input[type=password]').first().waitFor()
  await album.take(page, 'l00-passphrase')
  for (const field of await page.locator('input[type=password]').all()) await field.fill(passphrase)
  await next()
  await page.locator('#invite').waitFor()
  await album.take(page, 'l01-invite')
  await page.locator('#invite').fill('0000-nothing')
  await page.waitForTimeout(500)
  await next()
  await page.getByRole('alert').first().waitFor()
  await album.take(page, 'l02-invite-wrong')
  await page.locator('#invite').fill(office.invite('chenj'))
  await next()
  await page.locator('code').first().waitFor()
  await album.take(page, 'l03-compare')
  await next()
  await page.locator('.waits').waitFor()
  await album.take(page, 'l04-wait')
  approve(office)
  await page.getByRole('navigation').first().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(3000)
  await album.take(page, 'l05-first-day')
}

const day = (from: number) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10)
const said = {
  'zh-CN': { job: '采购经理', content: '看了冷库，缺两台检测仪', purpose: '回访', next: ['报价', '回电', '确认试用结果'], why: '与营业执照不符' },
  en: { job: 'Buyer', content: 'Saw the cold store: two probes are missing', purpose: 'Visit', next: ['Quote', 'Call back', 'Ask about the trial'], why: 'Not what the licence says' },
} as const
/** Days from today on which the next step of each visit falls. */
const nextDays = [2, -2, 0]
/** A day's work and what the office said to it. */
function evening(laptop: Awaited<ReturnType<typeof makeLaptop>>, office: Office, own: string[], language: Language) {
  const { job, content, purpose, next, why } = said[language]
  laptop.run('contact', 'add', '王海燕', '-c', own[0]!, '--phones', '13900001111', '--job-title', job)
  for (const [at, each] of next.entries()) {
    laptop.run('visit', 'add', '-c', own[at]!, content, '--purpose', purpose, '--next-action', each, '--next-on', day(nextDays[at]!), '--started-at', `${day(-3 - at)} 10:05`)
  }
  for (const at of [1, 2, 3]) laptop.run('customer', 'edit', own[at]!, '--name', `${own[at]!}（陈改）`)
  laptop.run('customer', 'edit', own[0]!, '--phone-main', '0571-88881234')
  office.say('hanm', 'customer', 'edit', named(office, own[3]!), '--name', `${own[3]!}（韩改）`)
  laptop.run('sync')
  const last = (office.run('hanm', 'proposal', 'list') as { number: number }[]).at(-1)!
  office.say('hanm', 'proposal', 'refuse', String(last.number), '--reason', why)
  laptop.run('sync')
  laptop.run('customer', 'edit', own[0]!, '--website', 'www.mingrun.example')
}

const laptopPages = (customer: string, visited: string): Shot[] => [
  { name: 'l10-today', path: '/', sizes: alsoNarrow },
  { name: 'l13-customer-add', path: '/', first: inTurn(key('Escape'), key('c')) },
  { name: 'l14-help', path: '/', first: inTurn(key('Escape'), key('?')) },
  { name: 'l20-customers', path: '/kinds/customer', sizes: alsoNarrow },
  { name: 'l21-customers-none', path: '/kinds/customer?text=zzzz' },
  { name: 'l30-customer', path: `/kinds/customer/${customer}`, sizes: alsoNarrow },
  { name: 'l31-customer-edit', path: `/kinds/customer/${customer}`, first: key('e') },
  ...Array.from({ length: 4 }, (_, at): Shot => ({ name: `l32-customer-tab${at + 1}`, path: `/kinds/customer/${customer}`, first: click('[role=tablist] [role=tab]:visible', at + 1) })),
  { name: 'l40-visits', path: '/kinds/communication' },
  { name: 'l41-tasks', path: '/kinds/task' },
  { name: 'l42-worklog', path: '/worklog' },
  { name: 'l43-kinds', path: '/kinds' },
  { name: 'l44-search', path: '/search?text=hzmr' },
  { name: 'l45-search-box', path: '/', first: inTurn(key('/'), (page) => page.keyboard.type('mr')) },
  { name: 'l46-import', path: '/import' },
  { name: 'l50-sync', path: '/sync', sizes: alsoNarrow },
  { name: 'l60-inbox', path: '/inbox', sizes: alsoNarrow },
  { name: 'l61-inbox-second', path: '/inbox', first: key('j') },
  { name: 'l62-inbox-third', path: '/inbox', first: inTurn(key('j'), (page) => page.waitForTimeout(500), key('j')) },
  { name: 'l70-this-laptop', path: '/laptop' },
  { name: 'l71-nowhere', path: '/no/such/page' },
  // Last: a form that was begun comes back with every page that is loaded.
  { name: 'l11-visit', path: '/', first: key('n'), sizes: alsoNarrow },
  { name: 'l12-visit-begun', path: '/', first: (page) => describeVisitAnyhow(page, visited), sizes: alsoNarrow },
]
async function describeVisitAnyhow(page: Page, customer: string) {
  await page.keyboard.press('n')
  await page.locator('.visit input').first().fill(customer)
  await page.getByRole('option', { name: customer }).first().click()
  await page.keyboard.press('Control+Enter')
}
