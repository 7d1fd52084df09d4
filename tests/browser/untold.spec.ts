import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from './support/test'

// An office of its own: its backups fail.
test.use({ making: { customers: 4, conflicts: 0 } })

const shots = process.env.SHOTS

test('a backup that failed is told as failed, on its page and in the list of jobs', async ({ as, office }) => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-backups-'))
  office.run('luop', 'config', 'set', 'backup.folder', folder)
  rmdirSync(folder)
  const page = await as('luop')
  await page.goto('/backups')
  await page.getByRole('button', { name: '现在备份' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /运行一个作业/ }).click()
  await expect(dialog.getByRole('alert')).toContainText('backup.no_folder')
  await expect(page.getByText(/^已完成/)).toHaveCount(0)
  await dialog.getByRole('button', { name: '取消' }).click()
  await expect(page.getByText('上次备份失败')).toBeVisible()
  if (shots) await page.screenshot({ path: `${shots}/backup.png` })
  await page.goto('/jobs')
  await expect(page.locator('td .bad').filter({ hasText: '失败' })).toBeVisible()
})

test('a form that was typed into is not lost by going back without a question', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/kinds')
  await page.getByRole('navigation').getByRole('link', { name: '客户', exact: true }).click()
  await page.getByRole('button', { name: /^新建客户/ }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(/^客户名称/).fill('新安医院')
  await page.evaluate(() => {
    window.confirm = (words) => {
      document.title = words ?? ''
      return false
    }
    history.back()
  })
  await expect(page).toHaveTitle(/还没有保存/)
  await expect(form.getByLabel(/^客户名称/)).toHaveValue('新安医院')
  expect(new URL(page.url()).pathname).toBe('/kinds/customer')
})

test('an import offers its headings, and a refused trial is no step that was taken', async ({ as }) => {
  const page = await as('hanm')
  await page.goto('/import')
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载表头模板' }).click()
  const template = readFileSync((await (await coming).path())!, 'utf8')
  expect(template.startsWith('\uFEFF')).toBe(true)
  for (const heading of ['客户名称', '负责业务员', '归口部门']) expect(template.trim().split(',')).toContain(heading)
  await page.setInputFiles('#file', { name: 'a.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('no table') })
  await page.getByRole('button', { name: '试运行（不写入）' }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expect(page.locator('.strip li').nth(1)).toHaveClass(/returned/)
  if (shots) await page.screenshot({ path: `${shots}/import.png` })
})
