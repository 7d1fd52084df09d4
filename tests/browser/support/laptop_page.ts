// What a person does on the laptop's page, by what he reads there.
import { expect, type Page } from '@playwright/test'

import { passphrase } from './laptop'

/** Opens the link as the program does: in a tab that shows nothing yet. */
export const enter = async (page: Page, link: string) => {
  await page.goto('about:blank')
  await page.goto(link)
}

/** The first run as far as the wait for approval; what the page showed as the office's fingerprint. */
export async function firstRun(page: Page, link: string, invite: string): Promise<string> {
  await enter(page, link)
  await page.getByLabel(/^口令 · 至少/).fill(passphrase)
  await page.getByLabel('再输一次').fill(passphrase)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel('粘贴邀请码').fill(invite)
  await page.getByRole('button', { name: '下一步' }).click()
  const fingerprint = page.getByRole('group', { name: '核对办公室指纹' })
  await expect(fingerprint).toBeVisible()
  const told = await fingerprint.locator('code').allInnerTexts()
  await page.getByRole('button', { name: '一致，登记本机' }).click()
  await expect(page.getByText('已登记，等待管理员批准')).toBeVisible()
  return told.join('-')
}

export const unlock = async (page: Page) => {
  await page.getByLabel('口令', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: '解锁' }).click()
  await expect(page.getByRole('navigation', { name: '主菜单' })).toBeVisible()
}

/** Opens the form of a visit and fills what it requires. */
export async function describeVisit(page: Page, customer: string, content: string) {
  await page.keyboard.press('n')
  const form = page.getByRole('dialog').filter({ hasText: '记一次拜访' })
  await form.getByLabel('客户', { exact: false }).first().fill(customer)
  await page.getByRole('option', { name: customer }).first().click()
  await form.getByLabel(/^目的/).fill('回访')
  await form.getByLabel(/^内容/).fill(content)
  return form
}

export async function recordVisit(page: Page, customer: string, content: string) {
  const form = await describeVisit(page, customer, content)
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
}

/** The state of the sync at the head of every page. */
export const pill = (page: Page) => page.getByRole('banner').locator('[data-state]')
