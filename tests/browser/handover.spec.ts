import { take } from './support/steps'
import { expect, test } from './support/test'

test('files pass to another owner: asked for, signed, handed over and taken over on pages', async ({ as, office }) => {
  const called = office.customers[36]!
  const [file] = office.run('hanm', 'customer', 'list', '--text', called) as { id: string }[]
  const ownerOf = () => (office.run('hanm', 'customer', 'show', file!.id) as { values: { owner_user_id: string } }).values.owner_user_id
  const receiverId = (office.run('luop', 'user', 'show', 'chenj') as { id: string }).id

  const manager = await as('heli')
  await manager.goto('/kinds/handover')
  await manager.getByRole('button', { name: '新建移交单' }).first().click()
  const form = manager.locator('form.form')
  for (const [label, text] of [['原负责人', '李建国'], ['接收人', '陈静'], ['客户', called]] as const) {
    await form.getByLabel(new RegExp(`^${label}`)).first().fill(text)
    await manager.getByRole('option').filter({ hasText: text }).first().click()
  }
  await form.getByLabel(/^事由/).fill('片区调整')
  await manager.keyboard.press('Control+Enter')
  await expect(form).toBeHidden()
  await manager.locator('.dt tbody tr').first().click()
  await expect(manager.locator('.steps')).toContainText('等待 张伟：同意')
  const page = manager.url()

  const signer = await as('zhangw')
  await signer.goto('/kinds/approval')
  await signer.locator('.dt tbody tr', { hasText: '片区调整' }).first().click()
  await take(signer, '同意')

  const owner = await as('lijg')
  await owner.goto(page)
  await take(owner, '交出')
  await expect(owner.locator('.steps')).toContainText('等待 陈静：接收')
  const receiver = await as('chenj')
  await receiver.goto(page)
  await take(receiver, '接收')

  office.run('luop', 'job', 'run', 'take_due_steps')
  expect(ownerOf()).toBe(receiverId)
  await manager.goto(page)
  await expect(manager.locator('.steps')).toContainText('已生效')
})
