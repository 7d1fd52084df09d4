import type { Page } from '@playwright/test'

import { expect, test } from './support/test'

interface Matter {
  number: number
  state: string
  record: string
  now: Record<string, string>
  base: Record<string, string>
}
const matter = async (page: Page, number: number) =>
  ((await (await page.request.get(`/api/v1/case/${number}/show`)).json()) as { data: Matter }).data
const nameOf = async (page: Page, id: string) =>
  ((await (await page.request.get(`/api/v1/customer/${id}/show`)).json()) as { data: { values: { name: string } } }).data.values.name
const current = async (page: Page) => {
  await expect(page).toHaveURL(/\/cases\/\d+/)
  return Number(/\/cases\/(\d+)/.exec(page.url())![1])
}

test('a conflict is ruled by keyboard alone, and its undoing brings back what was, byte for byte', async ({ as }) => {
  const page = await as('hanm')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  const first = await current(page)
  await expect(page.locator('.merge')).toBeVisible()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(new RegExp(`/cases/${first}$`))
  await page.keyboard.press('k')
  await expect(page).toHaveURL(new RegExp(`/cases/${first}$`))
  await expect(page.locator('.merge')).toBeVisible()

  const before = await matter(page, first)
  const named = await nameOf(page, before.record)
  await expect(page.locator('.acts .el-button--primary')).toBeDisabled()
  await page.keyboard.press('2')
  await expect(page.locator('.merge .typed textarea')).toHaveValue(/（王改）|（李改）/)
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(new RegExp(`/cases/${first}$`))
  expect((await matter(page, first)).state).not.toBe('open')
  expect(await nameOf(page, before.record)).not.toBe(named)

  await page.keyboard.press('u')
  await expect(page).toHaveURL(new RegExp(`/cases/${first}$`))
  await expect.poll(async () => (await matter(page, first)).state).toBe('open')
  const after = await matter(page, first)
  expect(await nameOf(page, before.record)).toBe(named)
  expect(after.base).toEqual(before.base)
  expect(after.now).toEqual(before.now)

  // The next one is a key away, whether or not the queue was read again.
  await page.keyboard.press('2')
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(new RegExp(`/cases/${first}$`))
  const second = await current(page)
  await page.keyboard.press('u')
  await expect(page).toHaveURL(new RegExp(`/cases/${first}$`))
  await page.keyboard.press('j')
  await expect(page).toHaveURL(new RegExp(`/cases/${second}$`))
})

test('the menu entry of the queue one is in shows the first that waits', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/cases')
  const first = await current(page)
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '冲突裁决' }).click()
  await expect(page).toHaveURL(new RegExp(`/cases/${first}$`))
  await expect(page.locator('.merge')).toBeVisible()
})

test('a value of one’s own is ruled as typed', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/cases')
  const number = await current(page)
  await expect(page.locator('.merge')).toBeVisible()
  await page.keyboard.press('e')
  await page.keyboard.type('人工定的名称有限公司')
  await page.keyboard.press('Control+Enter')
  await expect(page).not.toHaveURL(new RegExp(`/cases/${number}$`))
  expect(await nameOf(page, (await matter(page, number)).record)).toBe('人工定的名称有限公司')
})

test('of two people on one conflict the second is told, and nothing of theirs is kept', async ({ as }) => {
  const first = await as('hanm')
  const second = await as('liuy')
  await first.goto('/cases')
  const number = await current(first)
  await second.goto(`/cases/${number}`)
  await expect(second.locator('.merge')).toBeVisible()
  await expect(first.locator('.merge')).toBeVisible()
  await first.keyboard.press('1')
  await first.keyboard.press('Enter')
  await expect(first).not.toHaveURL(new RegExp(`/cases/${number}$`))
  const ruled = await nameOf(first, (await matter(first, number)).record)

  await second.keyboard.press('2')
  await second.keyboard.press('Enter')
  await expect(second.getByRole('alert').first()).toBeVisible()
  expect(await nameOf(first, (await matter(first, number)).record)).toBe(ruled)
})

test('a batch shows what it would do before it does it', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/cases')
  await expect(page.locator('.merge')).toBeVisible()
  const number = await current(page)
  await page.getByRole('button', { name: '按规则批量…' }).click()
  const panel = page.locator('.el-drawer, .el-dialog')
  await panel.getByRole('radio', { name: '取最新的候选' }).check({ force: true })
  await panel.getByRole('button', { name: /先看会怎样/ }).click()
  await expect(panel.locator('.preview')).toBeVisible()
  expect((await matter(page, number)).state).toBe('open')
  await panel.getByRole('button', { name: '取消' }).click()
})
