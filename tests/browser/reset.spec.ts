import { expect, signIn, test } from './support/test'

test('a link of the administrator sets a password once, and no second time', async ({ page, office }) => {
  const told = office.say('luop', 'user', 'reset-link', 'qianm')
  const link = /\/reset#\w+/.exec(told)![0]
  const set = async (password: string) => {
    await page.goto('about:blank')
    await page.goto(link)
    await page.getByLabel(/^新密码/).fill(password)
    await page.getByLabel('再输一次').fill(password)
    await page.getByRole('button', { name: '设置密码' }).click()
  }
  await set('amber window thirteen')
  await expect(page.getByRole('heading', { name: '已设置' })).toBeVisible()
  expect(page.url()).not.toContain('#')
  await set('amber window fourteen')
  await expect(page.getByRole('alert')).toBeVisible()

  await page.goto('/')
  await signIn(page, 'qianm', 'amber window thirteen')
  await expect(page.getByRole('navigation', { name: '主菜单' })).toBeVisible()
  office.say('qianm', 'user', 'password', 'qianm', '--password-file', `${office.folder}/password`)
})
