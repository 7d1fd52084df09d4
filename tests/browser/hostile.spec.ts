import { hostile, reversed } from './support/office'
import { expect, test } from './support/test'

test('a customer named like markup is a text everywhere', async ({ as, office, broken }) => {
  const page = await as('hanm')
  const found = office.run('hanm', 'customer', 'list', '--text', 'img') as { id: string; name: string }[]
  const id = found.find((each) => each.name.startsWith(hostile))!.id
  const noMarkup = async () => {
    expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBeUndefined()
    await expect(page.locator('#page img')).toHaveCount(0)
  }
  for (const place of ['/kinds/customer?where=name~img', `/kinds/customer/${id}`, '/cases']) {
    await page.goto(place)
    await expect(page.getByText(hostile).first()).toBeVisible()
    await noMarkup()
  }
  await page.goto(`/kinds/customer/${id}`)
  for (const tab of ['时间轴', '变更历史']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByText(hostile).first()).toBeVisible()
    await noMarkup()
  }
  await page.keyboard.press('e')
  await expect(page.locator('form.form')).toBeVisible()
  await noMarkup()
  expect(broken).toEqual([])
})

test('a name with a direction override does not turn the words around it', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/kinds/customer?where=name~明润')
  const named = page.locator('.dt .named')
  await expect(named.first()).toBeVisible()
  const shown = await page.locator('.dt').innerText()
  expect(shown).not.toContain(reversed)
})
