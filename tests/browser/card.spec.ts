import type { Page } from '@playwright/test'

import { expect, test } from './support/laptop_test'

test.use({ making: { customers: 12, conflicts: 0 } })
test.describe.configure({ mode: 'serial' })
test.setTimeout(120_000)

const shots = process.env.SHOTS
const full = Array.from({ length: 60 }, (_, at) => at + 1)
/** Counts what the page hands to the printer. */
const counts = (page: Page) =>
  page.addInitScript(() => {
    const all = window as unknown as { printed: number }
    all.printed = 0
    window.print = () => void (all.printed += 1)
  })
const printed = (page: Page) => page.evaluate(() => (window as unknown as { printed: number }).printed)
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0
async function ask(page: Page, purpose: string) {
  await page.getByRole('button', { name: '打印卡片' }).click()
  await page.locator('#purpose').fill(purpose)
  await page.keyboard.press('Enter')
}

test('the card of a full file is one page of A4, and printing it is noted with its purpose', async ({ as, office }) => {
  const [name] = office.customers
  const [{ id }] = office.run('hanm', 'customer', 'list', '--text', name!) as [{ id: string }]
  office.say('heli', 'customer', 'edit', id, '--business-need', '冷链检测仪三十台，夜间送货。'.repeat(30))
  const contacts = full.map((at) => `${name},联系人${at},139000${String(at).padStart(5, '0')},采购部经理`)
  office.say('hanm', 'contact', 'import', office.file('contacts.csv', ['客户,姓名,电话,职务', ...contacts].join('\n')))
  const visits = full.map((at) => `${name},2026-0${1 + (at % 9)}-0${1 + (at % 8)} 10:00,年度拜访,${'看样机，要求报价，含两年保修。'.repeat(10)}`)
  office.say('heli', 'communication', 'import', office.file('visits.csv', ['客户,开始时间,目的,内容', ...visits].join('\n')))
  const page = await as('heli')
  await counts(page)
  await page.goto(`/kinds/customer/${id}`)
  await ask(page, '上门拜访携带')
  await expect(page.locator('.sheet')).toContainText(name!)
  await expect(page.locator('.sheet footer')).toContainText('上门拜访携带')
  await expect(page.locator('.sheet')).toContainText('联系人1')
  expect(await printed(page)).toBe(1)
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true, path: shots ? `${shots}/card.pdf` : undefined }))).toBe(1)
  if (shots) await page.screenshot({ path: `${shots}/card.png`, fullPage: true })
  const told = office.say('heli', 'audit', 'list', '--limit', '1000', '--purpose', '例行检查')
  expect(told.split('\n').filter((line) => line.includes('打印卡片') && line.includes('上门拜访携带'))).toHaveLength(1)
  // Another copy is asked for anew.
  await page.getByRole('button', { name: '再打印一份' }).click()
  await expect(page.locator('#purpose')).toBeVisible()
  await expect(page.locator('.sheet')).toHaveCount(0)
})

test('nobody prints a card who may not take one, and the page itself is no paper', async ({ as, office }) => {
  const [{ id }] = office.run('hanm', 'customer', 'list', '--text', office.customers[1]!) as [{ id: string }]
  const page = await as('hanm')
  await counts(page)
  await page.goto(`/kinds/customer/${id}`)
  await expect(page.locator('dl').first()).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('dl').first()).toBeHidden()
  await expect(page.getByText('此页不能直接打印')).toBeVisible()
  await page.emulateMedia({ media: 'screen' })
  await ask(page, '上门拜访携带')
  await expect(page.getByRole('alert')).toContainText('须经审批')
  await expect(page.locator('.sheet')).toHaveCount(0)
  expect(await printed(page)).toBe(0)
})

test('no tab of a full file is longer than two screens', async ({ as, office }) => {
  const [{ id }] = office.run('hanm', 'customer', 'list', '--text', office.customers[0]!) as [{ id: string }]
  const page = await as('heli')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`/kinds/customer/${id}`)
  await expect(page.getByRole('tab', { name: '基本', exact: true })).toHaveAttribute('aria-selected', 'true')
  const tabs = page.locator('.tabs [role=tab]')
  for (let at = 0; at < (await tabs.count()); at += 1) {
    await tabs.nth(at).click()
    await page.waitForTimeout(700)
    const long = await page.locator('.page').evaluate((each) => each.getBoundingClientRect().top + each.scrollHeight)
    expect(long, await tabs.nth(at).innerText()).toBeLessThanOrEqual(1800)
  }
  // What does not show at first is a button away.
  await page.getByRole('tab', { name: /^联系人/ }).click()
  await expect(page.locator('.dt tbody tr')).toHaveCount(25)
  await page.getByRole('button', { name: '显示其余 35 条' }).click()
  await expect(page.locator('.dt tbody tr')).toHaveCount(60)
})

test('a laptop prints cards of its own customers, five a day, and the office hears of each', async ({ page, begin, laptop, office }) => {
  await begin()
  await counts(page)
  const [{ id, name }] = laptop.run('customer', 'list', '--where', 'owner_user_id=chenj', '--columns', 'name') as [{ id: string; name: string }]
  await page.goto(`${laptop.address}/kinds/customer/${id}`)
  await ask(page, '上门拜访携带')
  await expect(page.locator('.sheet')).toContainText(name)
  await expect(page.locator('.sheet footer')).toContainText('终端')
  expect(await printed(page)).toBe(1)
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1)
  if (shots) await page.screenshot({ path: `${shots}/card-laptop.png`, fullPage: true })
  for (let at = 0; at < 5; at += 1) {
    await page.getByRole('button', { name: '再打印一份' }).click()
    await page.locator('#purpose').fill('上门拜访携带')
    await page.keyboard.press('Enter')
    if (at < 4) await expect(page.locator('.sheet')).toBeVisible()
  }
  await expect(page.getByRole('alert')).toContainText('今天还可导出 0 个')
  expect(await printed(page)).toBe(5)
  await page.keyboard.press('Escape')
  await page.keyboard.press('s')
  await expect
    .poll(() => office.say('heli', 'audit', 'list', '--limit', '1000', '--purpose', '例行检查').split('\n').filter((line) => line.includes('导出') && line.includes('上门拜访携带')).length, { timeout: 60_000 })
    .toBe(5)
})
