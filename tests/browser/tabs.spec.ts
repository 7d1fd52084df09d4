import type { Page } from '@playwright/test'

import { expect, test } from './support/test'

test('of two tabs on one record the second is shown three values, and nothing is overwritten unseen', async ({ as, office }) => {
  const first = await as('hanm')
  const second = await as('hanm')
  const [found] = office.run('hanm', 'customer', 'list', '--text', office.customers[30]!) as { id: string }[]
  const short = () => (office.run('hanm', 'customer', 'show', found!.id) as { values: { short_name?: string } }).values.short_name
  const edit = async (page: Page, name: string) => {
    await page.locator('form.form').getByLabel(/^简称/).fill(name)
    await page.keyboard.press('Control+Enter')
  }
  for (const page of [first, second]) {
    await page.goto(`/kinds/customer/${found!.id}`)
    await expect(page.getByRole('button', { name: /^编辑/ })).toBeVisible()
    await page.keyboard.press('e')
    await expect(page.locator('form.form').getByLabel(/^简称/)).toBeVisible()
  }
  await edit(first, '先到的简称')
  await expect(first.locator('form.form')).toBeHidden()
  expect(short()).toBe('先到的简称')

  await edit(second, '后到的简称')
  const told = second.getByRole('alert').filter({ hasText: '别人改了同样的字段' })
  await expect(told.getByRole('row').filter({ hasText: '简称' })).toHaveText(/未填.*先到的简称.*后到的简称/)
  expect(short()).toBe('先到的简称')

  await second.keyboard.press('Control+Enter')
  await expect(second.locator('form.form')).toBeHidden()
  expect(short()).toBe('后到的简称')
})
