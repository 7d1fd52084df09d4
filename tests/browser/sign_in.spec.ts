import { password } from './support/office'
import { expect, signIn, test } from './support/test'

test('an unknown name and a wrong password get one and the same answer', async ({ page }) => {
  await page.goto('/')
  const told: string[] = []
  for (const who of ['nobody', 'hanm']) {
    await page.locator('#user').fill(who)
    await page.locator('#password').fill('not the password')
    await page.locator('.step .el-button--primary').click()
    const why = page.locator('.why')
    await expect(why).toBeVisible()
    told.push((await why.innerText()).replace(/\d+/g, 'N'))
    await page.reload()
  }
  expect(told[0]).toBe(told[1])
})

test('a clearance of two signs, sets up an authenticator, and comes back with a recovery code', async ({ page }) => {
  await page.goto('/cases')
  await expect(page).toHaveURL(/sign-in/)
  const { recovery } = await signIn(page, 'zhengh')
  expect(recovery).toHaveLength(10)
  await expect(page).toHaveURL(/\/cases/)

  await page.keyboard.press('Control+Shift+L')
  await expect(page.locator('#user')).toBeVisible()
  await page.locator('#user').fill('zhengh')
  await page.locator('#password').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.locator('.digit')).toHaveCount(6)
  await page.getByRole('button', { name: '改用恢复码' }).click()
  await page.locator('#code').fill(recovery[0]!)
  await page.keyboard.press('Enter')
  await expect(page.locator('#page')).toBeVisible()
})

test('a password somebody else set is replaced before anything else', async ({ page }) => {
  await page.goto('/')
  await page.locator('#user').fill('wangf')
  await page.locator('#password').fill(password)
  await page.keyboard.press('Enter')
  const agreement = page.locator('.step .text')
  const fresh = page.locator('#new')
  await expect(agreement.or(fresh).first()).toBeVisible()
  if (await agreement.isVisible()) {
    await page.locator('.step .el-checkbox').click()
    await page.locator('.step .el-button--primary').click()
  }
  await expect(fresh).toBeVisible()
  await page.goto('/cases')
  await expect(page).toHaveURL(/sign-in/)
  if (await page.locator('#old').isVisible()) await page.locator('#old').fill(password)
  await page.locator('#new').fill('violet harbour eleven')
  await page.locator('#again').fill('violet harbour eleven')
  await page.locator('.step .el-button--primary').click()
  await expect(page.locator('#page')).toBeVisible()
})

/** Of people and of the other language; they are Chinese in any. */
const names = ['李建国', '王芳', '刘洋', '韩梅', '郑华', '罗平', '中文', '档']

test('the other language is complete on every page of the menu', async ({ as }) => {
  const page = await as('hanm')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  const menu = page.getByRole('navigation', { name: 'Main menu' })
  const places = await menu.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
  for (const place of places) {
    await page.goto(place)
    await expect(page.locator('#head h1')).toBeVisible()
    // Names of people and customers are Chinese in any language; labels, heads and buttons are not.
    const words = await page.locator('nav a, #head h1, th, button, label, .keys, .meta:not(td *):not(li *)').evaluateAll((found) =>
      found.filter((each) => !each.closest('td, li, .who, .tile, .brand')).map((each) => (each as HTMLElement).innerText),
    )
    const han = words.filter((word) => /\p{Script=Han}/u.test(names.reduce((left, name) => left.replaceAll(name, ''), word.replace(/\S+公司/gu, ''))))
    expect([place, han]).toEqual([place, []])
  }
})
