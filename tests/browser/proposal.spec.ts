import type { Page } from '@playwright/test'

import type { Office } from './support/office'
import { expect, test } from './support/test'

interface Proposal {
  number: number
  state: string
}
const idOf = (office: Office, name: string) => (office.run('hanm', 'customer', 'list', '--text', name) as { id: string }[])[0]!.id
/** What a salesperson calls one of their customers waits for somebody to verify it. */
function propose(office: Office, at: number, name: string): number {
  office.say('lijg', 'customer', 'edit', idOf(office, office.customers[at]!), '--name', name)
  return Math.max(...(office.run('hanm', 'proposal', 'list') as Proposal[]).map((each) => each.number))
}
const nameOf = (office: Office, id: string) => (office.run('hanm', 'customer', 'show', id) as { values: { name: string } }).values.name
const decide = async (page: Page, number: number, key: string) => {
  await page.goto(`/proposals/${number}`)
  await expect(page.getByRole('button', { name: '采纳' })).toBeVisible()
  await page.getByLabel('理由').fill('与营业执照核对')
  await page.getByRole('heading', { level: 1 }).last().click()
  await page.keyboard.press(key)
  await expect(page).not.toHaveURL(new RegExp(`/proposals/${number}$`))
}

test('a proposal that is accepted becomes the value', async ({ as, office }) => {
  const id = idOf(office, office.customers[20]!)
  const number = propose(office, 20, '温州明润医药集团有限公司')
  await decide(await as('hanm'), number, 'a')
  expect(nameOf(office, id)).toBe('温州明润医药集团有限公司')
})

test('a proposal that is refused leaves the value as it was', async ({ as, office }) => {
  const id = idOf(office, office.customers[22]!)
  const number = propose(office, 22, '不实的名称有限公司')
  await decide(await as('hanm'), number, 'x')
  expect(nameOf(office, id)).toBe(office.customers[22])
  const [found] = (office.run('hanm', 'proposal', 'list', '--all') as Proposal[]).filter((each) => each.number === number)
  expect(found!.state).not.toBe('open')
})
