import { readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'

import { expect, test } from './support/test'

test('a table is tried, then imported, and what was not taken is told row by row', async ({ as, office }) => {
  const page = await as('hanm')
  const name = '金华远山诊断有限公司'
  const table = office.file('import.csv', `客户名称,总机,负责业务员,负责客服,区域,归口部门\n${name},0579-82200001,lijg,wangf,HD,YQ\n,0579-82200002,lijg,wangf,HD,YQ\n`)
  await page.goto('/import')
  await page.locator('#file').setInputFiles(table)
  await page.getByRole('button', { name: '试运行（不写入）' }).click()
  await expect(page.getByRole('heading', { name: '试运行结果' })).toBeVisible()
  await expect(page.locator('#page')).toContainText(/新增 1/)
  expect(office.run('hanm', 'customer', 'list', '--text', name)).toEqual([])
  await page.getByRole('button', { name: '正式导入' }).click()
  await expect(page.getByRole('heading', { name: '导入完成' })).toBeVisible()
  await expect(page.locator('#page')).toContainText(/第 3 行/)
  expect(office.run('hanm', 'customer', 'list', '--text', name)).toHaveLength(1)
})

async function askExport(page: Page, address = '/export') {
  await page.goto(address)
  await page.getByRole('radio', { name: /CSV/ }).check({ force: true })
  await page.getByLabel('目的（至少 4 个字）').fill('核对授信名单')
  await page.locator('#page').getByRole('button', { name: /^导出/ }).click()
}

test('an export by who may comes out as a file that opens', async ({ as, office }) => {
  const page = await as('heli')
  const coming = page.waitForEvent('download')
  await askExport(page)
  const file = await coming
  expect(file.suggestedFilename()).toMatch(/^客户-.*\.csv$/)
  expect(readFileSync((await file.path())!, 'utf8')).toContain(office.customers[45]!)
  await expect(page.getByText('已导出，文件在浏览器的下载目录。')).toBeVisible()
})

test('an export by who may not is refused with who may, and no file comes out', async ({ as }) => {
  const page = await as('hanm')
  let came = false
  page.on('download', () => (came = true))
  await page.goto('/export')
  await expect(page.getByText('没有这个页面，或您无权打开')).toBeVisible()
  await askExport(page, '/export?kind=customer')
  await expect(page.locator('#page').getByRole('alert')).toContainText('客户服务部经理')
  expect(came).toBe(false)
})
