import type { Page } from '@playwright/test'

import { expect, test } from './support/test'

/** Fills what a form requires, whatever the kind: nothing is said about it here either. */
async function fillRequired(page: Page, text: string) {
  const form = page.locator('form.form')
  await form.locator('input, textarea').first().waitFor()
  for (const line of await form.locator('.line').filter({ has: page.locator('label .bad') }).all()) {
    const typed = line.locator('.el-input__inner, .el-textarea__inner')
    if ((await typed.count()) > 0) await typed.first().fill(text)
    else await line.locator('input[type=radio]').first().check({ force: true })
  }
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
}

test('a kind nothing is written about in the pages is added and listed, once all it requires is there', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/kinds/product')
  await expect(page.locator('#head h1')).toHaveText('商品')
  await page.keyboard.press('c')
  await page.locator('form.form input').first().waitFor()
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('form.form').getByRole('alert')).toBeVisible()
  await fillRequired(page, '冷链检测仪')
  await expect(page.locator('.dt')).toContainText('冷链检测仪')
})

test('what hangs on a customer is added there, shown, edited, and has a history', async ({ as, office }) => {
  // Every second customer is his.
  const page = await as('lijg')
  const [found] = office.run('lijg', 'customer', 'list', '--text', office.customers[40]!) as { id: string }[]
  await page.goto(`/kinds/customer/${found!.id}`)
  await page.getByRole('button', { name: /^更多 \d+ 类/ }).click()
  await page.getByRole('tab', { name: '客户需求' }).click()
  await page.locator('#page').getByRole('button', { name: '新建客户需求' }).first().click()
  await fillRequired(page, '三十台冷链检测仪')
  await page.locator('.dt tbody tr', { hasText: '三十台冷链检测仪' }).click()
  await expect(page.locator('#page h1, .head h1').filter({ hasText: '三十台冷链检测仪' })).toBeVisible()
  await page.keyboard.press('e')
  const typed = page.locator('form.form .el-textarea__inner, form.form .el-input__inner')
  await typed.first().waitFor()
  for (const each of await typed.all()) if ((await each.inputValue()) === '三十台冷链检测仪') await each.fill('四十台冷链检测仪')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('form.form')).toBeHidden()
  await expect(page.locator('dl.facts').first()).toContainText('四十台冷链检测仪')
  await page.getByRole('tab', { name: '变更历史' }).click()
  await expect(page.locator('.dt')).toContainText('四十台冷链检测仪')
})

test('customers are found by pinyin initials and by a filter, sorted, and turned page by page', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/kinds/customer')
  const rows = page.locator('.dt tbody tr')
  await expect(rows).toHaveCount(50)
  await page.getByRole('button', { name: '下一页' }).click()
  await expect(page.getByText('第 2 页')).toBeVisible()
  await expect(rows).not.toHaveCount(50)
  await page.getByRole('button', { name: '上一页' }).click()
  await expect(rows).toHaveCount(50)

  await page.getByLabel('编号、名称、拼音、首字母、电话').fill('hzmr')
  await expect(rows.first()).toBeVisible()
  await expect.poll(async () => (await rows.allInnerTexts()).every((row) => /杭州|湖州/.test(row))).toBe(true)

  await page.goto('/kinds/customer?where=name~宁波')
  await expect.poll(async () => (await rows.allInnerTexts()).every((row) => row.includes('宁波'))).toBe(true)
  await page.locator('th').getByRole('button', { name: '客户名称' }).click()
  await expect(page).toHaveURL(/sort=name/)
  await page.locator('th').getByRole('button', { name: '客户名称' }).click()
  await expect(page).toHaveURL(/sort=-name/)
})

test('no page is wider than the screen', async ({ as }) => {
  const page = await as('hanm')
  const places = await page.locator('nav.side a').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
  for (const place of places) {
    await page.goto(place)
    await expect(page.locator('#head h1')).toBeVisible()
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect([place, over]).toEqual([place, 0])
  }
})
