import { expect, setPassword, signIn, test } from './support/test'

test('a link of the administrator sets a password once, and no second time', async ({ page, office }) => {
  const told = office.say('luop', 'user', 'reset-link', 'qianm')
  const link = /\/reset#\w+/.exec(told)![0]
  await setPassword(page, link, 'amber window thirteen')
  await expect(page.getByRole('heading', { name: '已设置' })).toBeVisible()
  expect(page.url()).not.toContain('#')
  await setPassword(page, link, 'amber window fourteen')
  await expect(page.getByRole('alert')).toBeVisible()

  await page.goto('/')
  await signIn(page, 'qianm', 'amber window thirteen')
  await expect(page.getByRole('navigation', { name: '主菜单' })).toBeVisible()
  office.say('qianm', 'user', 'password', 'qianm', '--password-file', `${office.folder}/password`)
})
