import { makeLaptop } from './support/laptop'
import { firstRun } from './support/laptop_page'
import { expect, test } from './support/test'

test('a laptop that waits is approved only once its fingerprint was compared', async ({ as, page, office }) => {
  const laptop = await makeLaptop()
  try {
    await firstRun(page, await laptop.start(), office.invite('lijg'))
    const own = (await page.getByRole('group', { name: '本机指纹' }).locator('code').allInnerTexts()).join('-')
    const administrator = await as('luop')
    await administrator.goto('/devices')
    const waiting = administrator.locator('section').filter({ hasText: '申请登记终端' })
    await expect(waiting).toBeVisible()
    expect((await waiting.locator('code').allInnerTexts()).join('-')).toBe(own)
    await expect(waiting.getByRole('button', { name: '批准' })).toBeDisabled()
    await waiting.getByText('已与本人逐组核对一致').click()
    await waiting.getByRole('button', { name: '批准' }).click()
    await expect(waiting).toHaveCount(0)
    await expect(page.getByRole('navigation', { name: '主菜单' })).toBeVisible({ timeout: 60_000 })
  } finally {
    await laptop.end()
  }
})
