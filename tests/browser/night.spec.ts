import type { Page } from '@playwright/test'

import type { Office } from './support/office'
import { expect, test } from './support/test'

const conflicts = 200
test.use({ making: { customers: conflicts, conflicts } })

interface Matter {
  number: number
}
/** Everything of the customers a ruling can touch, and each conflict, as the office tells them. */
function whole(office: Office) {
  const order = (office.run('hanm', 'case', 'list') as Matter[]).map((each) => each.number)
  return { order, customers: office.say('hanm', '--json', 'customer', 'list', '--limit', '1000'), cases: order.map((number) => office.say('hanm', '--json', 'case', 'show', String(number))) }
}
const waiting = (page: Page) => page.getByRole('list', { name: '冲突裁决' }).getByRole('listitem')
/** Waits until the conflict of this number, or none, is what the page shows. */
const shown = (page: Page, number: number | undefined) =>
  page.locator('#page .right').getByText(number === undefined ? '没有待裁决的冲突' : `冲突 ${number} ·`).waitFor()

test('a night of two hundred conflicts is cleared by keyboard alone, and undone to the last byte', async ({ as, office }) => {
  test.setTimeout(240_000)
  const page = await as('hanm')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  // One more is of a customer whose name is no company's.
  const count = conflicts + 1
  await expect(waiting(page)).toHaveCount(count)
  const before = whole(office)
  expect(before.order).toHaveLength(count)

  await page.keyboard.press('j')
  await page.keyboard.press('k')
  for (const [at, number] of before.order.entries()) {
    await shown(page, number)
    await page.keyboard.press(at % 2 ? '1' : '2')
    await page.keyboard.press('Enter')
  }
  await shown(page, undefined)
  expect(office.run('hanm', 'case', 'list')).toEqual([])

  for (const number of [...before.order].reverse()) {
    await page.keyboard.press('u')
    await shown(page, number)
  }
  await expect(waiting(page)).toHaveCount(count)
  expect(whole(office)).toEqual(before)
})
