import { expect, test } from './support/test'

test('two files of one company become one after a preview, and two again when it is undone', async ({ as, office }) => {
  const names = ['台州远山诊断试剂有限公司', '台州远山诊断试剂有限责任公司']
  const rows = names.map((name) => `${name},0576-81100001,lijg,wangf,HD,YQ`)
  for (const [at, row] of rows.entries()) office.say('liuy', 'customer', 'import', office.file(`twin${at}.csv`, `客户名称,总机,负责业务员,负责客服,区域,归口部门\n${row}\n`))
  const found = () => names.map((name) => (office.run('hanm', 'customer', 'list', '--text', name) as { name: string; id: string }[]).filter((each) => each.name === name))
  const before = found().map(([each]) => office.say('hanm', '--json', 'customer', 'show', each!.id))
  const page = await as('hanm')
  await page.goto('/duplicates')
  await page.getByRole('button', { name: '立即查重' }).click()
  const pair = page.getByRole('list', { name: '查重合并' }).getByRole('button').filter({ hasText: '台州远山' })
  await pair.first().click()
  await page.getByRole('button', { name: '预览合并' }).click()
  await expect(page.getByRole('heading', { name: '合并会怎样' })).toBeVisible()
  expect(found().flat()).toHaveLength(2)
  await page.getByRole('button', { name: /^合并/ }).click()
  await expect(page.getByText('已完成：合并')).toBeVisible()
  expect(found().flat()).toHaveLength(1)

  // The manager alone takes a merge back.
  const manager = await as('heli')
  await manager.goto('/duplicates')
  await manager.getByRole('tab', { name: '已合并' }).click()
  await manager.locator('#page').getByRole('button', { name: '撤销' }).first().click()
  await manager.getByLabel('处理说明').fill('两家公司')
  await manager.keyboard.press('Control+Enter')
  await expect(manager.locator('form.form')).toBeHidden()
  const after = found().map(([each]) => JSON.parse(office.say('hanm', '--json', 'customer', 'show', each!.id)) as { values: object })
  expect(after.map((each) => each.values)).toEqual(before.map((each) => (JSON.parse(each) as { values: object }).values))
})
