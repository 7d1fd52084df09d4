import type { Page } from '@playwright/test'

import { expect, test } from './support/test'

const shots = process.env.SHOTS
/** Answers the page's question with no, and keeps what was asked. */
const stays = (page: Page) =>
  page.evaluate(() => {
    const all = window as unknown as { asked: string[] }
    all.asked = []
    window.confirm = (words) => {
      all.asked.push(words ?? '')
      return false
    }
  })
const asked = (page: Page) => page.evaluate(() => (window as unknown as { asked: string[] }).asked.length)

test('the form of a new customer tells from the start what a submission will need', async ({ as }) => {
  const page = await as('heli')
  await page.goto('/kinds/customer')
  await page.getByRole('button', { name: /^新建客户/ }).click()
  const form = page.getByRole('dialog')
  const mark = (label: RegExp) => form.locator('.line').filter({ has: page.getByText(label) }).getByText('下一步之前须填')
  for (const label of [/^省/, /^街道门牌/, /^总机/]) await expect(mark(label)).toBeVisible()
  await expect(mark(/^备注/)).toHaveCount(0)
  await form.getByLabel(/^邮箱/).fill('a@b.cn')
  await expect(mark(/^总机/)).toBeHidden()
  if (shots) await page.screenshot({ path: `${shots}/office-new-customer.png` })
})

test('the form of a contact tells what its customer needs, unless it has it', async ({ as }) => {
  const page = await as('heli')
  await page.goto('/kinds/contact')
  await page.getByRole('button', { name: /^新建联系人/ }).first().click()
  const form = page.getByRole('dialog')
  const mark = (label: RegExp) => form.locator('.line').filter({ has: page.getByText(label) }).getByText('客户提交前须有')
  await expect(mark(/^主要联系人/)).toBeVisible()
  await expect(mark(/^电话/)).toBeVisible()
  await expect(mark(/^邮箱/)).toHaveCount(0)
  if (shots) await page.screenshot({ path: `${shots}/office-new-contact.png` })
})

test('a value typed into the ruling grid is not left without a question', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/cases')
  await expect(page).toHaveURL(/\/cases\/\d+/)
  await expect(page.locator('.merge')).toBeVisible()
  const at = page.url()
  await stays(page)
  // What was not typed into may be left.
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(at)
  expect(await asked(page)).toBe(0)
  await expect(page.locator('.merge')).toBeVisible()
  const here = page.url()
  await page.locator('.merge .typed textarea').fill('杭州明润医药（总部）有限公司')
  await page.getByRole('link', { name: '总览' }).or(page.getByRole('navigation').getByRole('link').first()).first().click()
  await expect.poll(() => asked(page)).toBe(1)
  await expect(page).toHaveURL(here)
  await page.getByRole('tab', { name: '已了结' }).or(page.getByRole('tab').nth(1)).first().click()
  await expect.poll(() => asked(page)).toBe(2)
  await expect(page.locator('.merge .typed textarea')).toHaveValue('杭州明润医药（总部）有限公司')
  // Whoever stayed can go on: the value is ruled, and nobody is asked again.
  await page.locator('.acts .el-button--primary').click()
  await expect(page).not.toHaveURL(here)
  expect(await asked(page)).toBe(2)
})

test('a setting that was typed into is not left without a question', async ({ as }) => {
  const page = await as('luop')
  await page.getByRole('navigation').getByRole('link', { name: '设置' }).click()
  await page.getByRole('button', { name: '更改' }).first().click()
  const form = page.getByRole('dialog')
  const value = form.locator('.line input').first()
  await expect(value).toBeVisible()
  await stays(page)
  // As it opened it may be closed.
  await page.keyboard.press('Escape')
  await expect(form).toBeHidden()
  expect(await asked(page)).toBe(0)
  await page.getByRole('button', { name: '更改' }).first().click()
  await value.fill('19')
  await page.keyboard.press('Escape')
  await expect.poll(() => asked(page)).toBe(1)
  await page.evaluate(() => history.back())
  await expect.poll(() => asked(page)).toBe(2)
  await expect(value).toHaveValue('19')
  expect(new URL(page.url()).pathname).toBe('/settings')
})

test('a page speaks one language whatever comes late', async ({ as, office }) => {
  const page = await as('heli')
  const [{ id }] = office.run('hanm', 'customer', 'list', '--text', office.customers[30]!) as [{ id: string }]
  await page.goto(`/kinds/customer/${id}`)
  await expect(page.getByText('客户名称').first()).toBeVisible()
  // What is told in Chinese comes late, as under load: after what was asked for later.
  const late = 1_500
  await page.route(/\/api\/v1\/(schema|actions)$/, async (route) => {
    if (route.request().headers()['accept-language']?.startsWith('zh')) await new Promise((done) => setTimeout(done, late))
    await route.continue().catch(() => {})
  })
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByText('Customer name').first()).toBeVisible()
  await page.getByRole('button', { name: '中文' }).click()
  // Between two languages nothing stands there under half a name.
  await expect(page.locator('#page dt').filter({ hasText: /[A-Za-z]{4}/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByText('Customer name').first()).toBeVisible()
  await page.waitForTimeout(late * 2)
  await expect(page.getByText('Customer name').first()).toBeVisible()
  await expect(page.locator('dt').filter({ hasText: /\p{Script=Han}/u })).toHaveCount(0)
  await expect(page.locator('dd').filter({ hasText: /[0-9a-f]{8}-[0-9a-f]{4}-/ })).toHaveCount(0)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})
