// A new office by its pages alone, from the first link to people who can sign in, a laptop that
// saves its first visit and the first conflict that is ruled. How long each stretch took is
// printed, not asserted.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, type Page, test } from '@playwright/test'

import { front } from './support/front'
import { makeLaptop } from './support/laptop'
import { firstRun, pill, recordVisit } from './support/laptop_page'
import { password } from './support/office'
import { dossierd, freePort, keepRunning, run } from './support/programs'
import { take } from './support/steps'
import { setPassword, signIn } from './support/test'

/** An office that was just made, served with its console. */
async function newOffice() {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-new-'))
  const office = (...words: string[]) => run(dossierd, '--dir', join(folder, 'office'), ...words)
  office('init', '--admin', 'luop', '--admin-name', '罗平')
  const [host, console_] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`]
  const words = ['--lang', 'zh-CN', '--dir', join(folder, 'office'), 'serve', '--listen', host, '--console', console_, '--plain']
  const serving = await keepRunning(dossierd, words, (told) => told.includes(console_))
  const { address, stop } = await front(`http://${console_}`)
  const end = async () => {
    stop()
    await serving.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { office, address, end }
}

const customer = '杭州明润医药有限公司'
let before = Date.now()
function took(what: string) {
  const now = Date.now()
  console.log(`${what}: ${((now - before) / 1000).toFixed(1)} s`)
  before = now
}
async function comeIn(page: Page, link: string, who: string) {
  await setPassword(page, link, password)
  await page.getByRole('link', { name: '登录' }).click()
  await signIn(page, who)
  await expect(page.locator('#page')).toBeVisible()
}
/** The forms name their inputs in the order people fill them. */
async function addPlace(page: Page, address: string, link: string, code: string, name: string) {
  await page.goto(`${address}/`)
  await page.getByRole('link', { name: link }).click()
  await page.getByRole('button', { name: /^新建/ }).first().click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox').nth(0).fill(code)
  await form.getByRole('textbox').nth(1).fill(name)
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
}
async function pick(page: Page, label: string | RegExp, option: string) {
  await page.getByRole('dialog').getByLabel(label).fill(option)
  await page.getByRole('option').filter({ hasText: option }).first().click()
}
/** Gives the only customer another name, as whoever reads this page. */
async function rename(page: Page, name: string) {
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '客户', exact: true }).click()
  await expect(page.getByRole('heading', { name: '客户', exact: true })).toBeVisible()
  await page.locator('#page').getByText(customer).first().click()
  await page.getByRole('button', { name: /^编辑/ }).click()
  const form = page.locator('form.form')
  await form.getByLabel(/^客户名称/).fill(name)
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
}
/** The link under which the new person sets a password. */
async function addPerson(page: Page, address: string, login: string, name: string, role: string): Promise<string> {
  await page.goto(`${address}/people`)
  await page.getByRole('button', { name: '新建用户…' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(/^登录名/).fill(login)
  await form.getByLabel(/^姓名/).fill(name)
  await pick(page, /^部门/, '仪器')
  await pick(page, /^区域/, '华东')
  await pick(page, /^角色/, role)
  await page.keyboard.press('Escape')
  await form.getByRole('button', { name: /建立用户/ }).click()
  await expect(form).toBeHidden()
  await page.goto(`${address}/people/${login}`)
  await page.getByRole('button', { name: '首次密码链接…' }).click()
  await form.getByRole('button', { name: /链接/ }).click()
  return /http\S+\/reset#\w+/.exec(await form.getByText(/\/reset#/).innerText())![0]
}

test('a new office and a new laptop are set up by what their pages say', async ({ page, browser }) => {
  test.setTimeout(240_000)
  const { office, address, end } = await newOffice()
  const laptop = await makeLaptop()
  before = Date.now()
  try {
    const told = office('user', 'reset-link', 'luop')
    await comeIn(page, address + /\/reset#\w+/.exec(told)![0], 'luop')
    await expect(page.getByRole('heading', { name: '开始使用' })).toBeVisible()
    took('administrator inside')
    await addPlace(page, address, '建区域', 'HD', '华东')
    await addPlace(page, address, '建部门', 'YQ', '仪器销售部')
    const link = await addPerson(page, address, 'hanm', '韩梅', '信息员')
    await addPerson(page, address, 'chenj', '陈静', '业务员')
    took('places and people')

    const clerk = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
    await comeIn(clerk, link, 'hanm')
    await clerk.getByRole('link', { name: '导入' }).click()
    const rows = `客户名称,总机,负责业务员,负责客服,区域,归口部门\n${customer},0571-88990001,chenj,hanm,HD,YQ\n`
    await clerk.locator('input[type=file]').first().setInputFiles({ name: '客户.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) })
    await clerk.getByRole('button', { name: '试运行（不写入）' }).click()
    await clerk.getByRole('button', { name: '正式导入' }).click()
    await expect(clerk.getByRole('heading', { name: '导入完成' })).toBeVisible()
    // A few files the clerk posts one by one; many go to approval as a batch.
    await clerk.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '客户', exact: true }).click()
    await clerk.locator('#page').getByText(customer).first().click()
    await take(clerk, '入库')
    took('customers imported and posted')

    await page.goto(`${address}/devices`)
    await page.getByRole('button', { name: '发邀请码…' }).click()
    await pick(page, /^用户/, '陈静')
    await page.getByRole('dialog').getByRole('button', { name: /发邀请码/ }).click()
    const invited = /\S{40,}@\S+/
    await expect(page.getByRole('dialog')).toContainText(invited)
    const answer = await page.getByRole('dialog').innerText()
    const invite = invited.exec(answer)![0]
    const own = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
    const fingerprint = await firstRun(own, await laptop.start(), invite)
    expect(answer).toContain(fingerprint)
    await page.goto(`${address}/devices`)
    await page.getByText('已与本人逐组核对一致').click()
    await page.getByRole('button', { name: '批准' }).click()
    await expect(own.getByRole('navigation', { name: '主菜单' })).toBeVisible({ timeout: 60_000 })
    took('laptop let in')
    await expect.poll(() => laptop.run('customer', 'list'), { timeout: 60_000 }).not.toEqual([])
    before = Date.now()
    await recordVisit(own, customer, '看了冷库，缺两台检测仪')
    took('first visit saved')

    await rename(own, '杭州明润医药科技有限公司')
    await rename(clerk, '杭州明润医药集团有限公司')
    await own.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: /^同步/ }).click()
    await own.getByRole('button', { name: '立即同步' }).click()
    await expect(pill(own)).toHaveAttribute('data-state', 'attention', { timeout: 30_000 })
    took('two names given, and brought in')
    await clerk.getByRole('link', { name: /^冲突裁决/ }).click()
    await expect(clerk.locator('.merge')).toBeVisible()
    await clerk.keyboard.press('1')
    await expect(clerk.getByRole('button', { name: /^保存并下发/ })).toBeEnabled()
    await clerk.keyboard.press('Enter')
    await expect(clerk.locator('.merge')).toBeHidden()
    took('first ruling')
    expect(office('--as', 'hanm', '--json', 'case', 'list')).not.toContain('"open"')
  } finally {
    await laptop.end()
    await end()
  }
})
