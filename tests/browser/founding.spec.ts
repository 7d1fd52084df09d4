import { take } from './support/steps'
import { expect, test } from './support/test'

const name = '宁波海曙冷链有限公司'
const complete = ['--party-kind', 'enterprise', '--business-need', '冷库检测仪', '--province', '浙江省', '--city', '宁波市', '--district', '海曙区', '--street-address', '中山西路 8 号', '--industry-code', 'C27', '--enterprise-nature', 'private', '--legal-rep', '周明远', '--source', 'visit', '--party-role', 'buyer', '--phone-main', '0574-87001234']

test('a new file goes from its salesperson to the archive, each step by whom it waits for', async ({ as, office }) => {
  const { id } = office.run('lijg', 'customer', 'add', name, ...complete) as { id: string }
  office.run('lijg', 'contact', 'add', '王海燕', '--customer', id, '--is-primary', '是', '--phones', '13900001111')

  const author = await as('lijg')
  await author.goto(`/kinds/customer/${id}`)
  await expect(author.locator('.steps').getByRole('button', { name: /^入库/ })).toBeDisabled()
  await take(author, '提交审核')
  await expect(author.locator('.steps')).toContainText('等待 张伟：上级审核通过')

  const superior = await as('zhangw')
  await superior.goto('/')
  await superior.getByRole('row', { name: /待办.*上级审核通过/ }).click()
  await expect(superior).toHaveURL(/\/kinds\/task$/)
  await superior.locator('.dt tbody tr', { hasText: '上级审核通过' }).first().click()
  await superior.getByRole('link', { name: new RegExp(name) }).first().click()
  await expect(superior.locator('#page h1, .head h1').filter({ hasText: name })).toBeVisible()
  await take(superior, '上级审核通过')

  const inspector = await as('hey')
  await inspector.goto(`/kinds/customer/${id}`)
  await take(inspector, '核实属实', '电话属实').catch(() => undefined)
  await expect(inspector.getByRole('dialog')).toContainText('没有您写下的属实的核实记录')
  await inspector.keyboard.press('Escape')
  await inspector.getByRole('button', { name: /^更多 \d+ 类/ }).click()
  await inspector.getByRole('tab', { name: '核实记录' }).click()
  await inspector.locator('#page').getByRole('button', { name: '新建核实记录' }).first().click()
  const form = inspector.locator('form.form')
  await form.getByLabel(/^核实内容/).fill('电话')
  await inspector.getByRole('option').filter({ hasText: '电话' }).first().click()
  await form.locator('.line').filter({ hasText: '核实方式' }).locator('input[type=radio]').nth(2).dispatchEvent('click')
  await inspector.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
  await take(inspector, '核实属实', '电话属实')

  const clerk = await as('hanm')
  await clerk.goto(`/kinds/customer/${id}`)
  await take(clerk, '入库')
  await expect(clerk.getByText(/KH-HD-\d{4}-/).first()).toBeVisible()
  await author.goto('/kinds/notification')
  await expect(author.locator('.dt')).toContainText('入库')
})
