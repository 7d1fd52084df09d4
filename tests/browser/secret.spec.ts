import { expect, test } from './support/test'

interface Line {
  action: string
  purpose?: string
  record?: string
}

test('a secret file shows nothing until somebody states why, and every reading is in the audit', async ({ as, office }) => {
  const name = office.customers[33]!
  const [customer] = office.run('hanm', 'customer', 'list', '--text', name) as { id: string }[]
  const phone = '0571-88990033'
  office.mark(customer!.id, 2)
  const views = () => (office.run('zhengh', 'audit', 'list', '--limit', '1000', '--purpose', '核对查阅记录') as Line[]).filter((line) => line.action === 'view' && line.purpose === '季度核定')

  const page = await as('liuy')
  await page.goto(`/kinds/customer/${customer!.id}`)
  await page.getByRole('button', { name: '写明目的后查阅' }).click()
  const prompt = page.getByRole('form', { name: /查阅/ })
  await expect(page.locator('#page')).not.toContainText(phone)
  const read = prompt.getByRole('button', { name: /^查阅/ })
  await prompt.getByRole('textbox').fill('三个字')
  await expect(read).toBeDisabled()
  expect(views()).toHaveLength(0)
  await prompt.getByRole('textbox').fill('季度核定')
  await page.keyboard.press('Enter')
  await expect(page.locator('#page').getByText(phone)).toBeVisible()
  expect(views().length).toBeGreaterThan(0)

  const other = await as('qianm')
  await other.goto(`/kinds/customer/${customer!.id}`)
  await expect(other.locator('#head h1')).toBeVisible()
  await expect(other.locator('#page').getByText('●●●').or(other.locator('#page').getByRole('alert')).first()).toBeVisible()
  await expect(other.locator('#page')).not.toContainText(phone)
})
