// Steps of workflows, as people take them on a record's page.
import { expect, type Page } from '@playwright/test'

/** Takes a step from the record's page, with its reason where it asks for one. */
export async function take(page: Page, step: string, reason?: string) {
  await page.locator('.steps').getByRole('button', { name: new RegExp(`^${step}…?$`) }).click()
  const form = page.getByRole('dialog')
  if (reason) await form.getByLabel(/^理由/).fill(reason)
  await page.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
}
