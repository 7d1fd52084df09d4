import { expect, test } from './support/laptop_test'

// A laptop of somebody who has a superior: only he gives tasks.
test.use({ making: { customers: 4, conflicts: 0 }, person: 'lijg' })
test.setTimeout(120_000)

const typed = '联系甲/乙两家: 问价格/交期'

test('a task whose text has strokes in it is told as it was typed, at the office and on the laptop', async ({ page, begin, laptop, as, office }) => {
  office.run('zhangw', 'task', 'add', typed, '--user', 'lijg')
  const board = await as('lijg')
  await board.goto('/')
  await expect(board.getByText(typed).first()).toBeVisible()
  await begin()
  await page.goto(`${laptop.address}/`)
  await expect(page.getByText(typed)).toBeVisible({ timeout: 60_000 })
})
