import { expect, test } from './support/test'

test('a kind nothing is written about in the pages is added, listed, shown, edited and has a history', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/kinds/product')
  await expect(page.locator('#head h1')).toHaveText('商品')
  await page.keyboard.press('c')
  const form = page.locator('form.form')
  await form.locator('input').first().waitFor()
  // Nothing is said about the kind here either: whatever is required gets a value.
  await page.keyboard.press('Control+Enter')
  await expect(form.getByRole('alert').or(form.locator('input:invalid')).first()).toBeVisible()
  const required = form.locator('.line').filter({ has: page.locator('label .bad') })
  for (const line of await required.all()) {
    const text = line.locator('.el-input__inner')
    if ((await text.count()) > 0) await text.fill('冷链检测仪')
    else await line.locator('input[type=radio]').first().check({ force: true })
  }
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()

  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.locator('h1', { hasText: '冷链检测仪' })).toBeVisible()
  await page.keyboard.press('e')
  const again = page.locator('form.form')
  await again.locator('input').first().waitFor()
  const held = again.locator('input').and(page.locator('.el-input__inner'))
  for (const field of await held.all()) {
    if ((await field.inputValue()) === '冷链检测仪') await field.fill('冷链检测仪二型')
  }
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('h1', { hasText: '冷链检测仪二型' })).toBeVisible()
  await page.getByRole('tab', { name: '变更历史' }).click()
  await expect(page.locator('.dt')).toContainText('冷链检测仪二型')
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
