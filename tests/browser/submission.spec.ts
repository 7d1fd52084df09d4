import { expect, test } from './support/laptop_test'

// An office of its own: nobody there reviews what its salesperson submits.
test.use({ making: { customers: 4, conflicts: 0 } })
test.describe.configure({ mode: 'serial' })
test.setTimeout(120_000)

const shots = process.env.SHOTS
const complete = ['--party-kind', 'enterprise', '--contact', '王海燕', '--phone', '13900001111', '--source', 'event', '--source-detail', '春季药交会', '--business-need', '分析天平', '--province', '浙江省', '--city', '杭州市', '--district', '西湖区', '--street-address', '文三路88号', '--industry-code', 'C27', '--enterprise-nature', 'private', '--legal-rep', '周明远', '--party-role', 'buyer']

const withoutContact = complete.filter((_, at) => ![2, 3, 4, 5].includes(at)).concat('--phone-main', '0571-88990033')

test('all that a submission lacks stands on the page before it is asked for', async ({ page, begin, laptop }) => {
  await begin()
  const { record } = laptop.run('customer', 'add', '新安医院', '--phone-main', '0571-88990011', '--business-need', '检测仪') as { record: string }
  await page.goto(`${laptop.address}/kinds/customer/${record}`)
  await expect(page.getByText('「提交审核」之前还缺：省、市、区、街道门牌、所属行业、企业性质、法人代表、主要联系人、联系人的电话、往来角色')).toBeVisible()
  await expect(page.getByRole('button', { name: '提交审核' })).toBeDisabled()
  await expect(page.getByRole('definition').filter({ hasText: '下一步之前须填' }).first()).toBeVisible()
  await page.keyboard.press('e')
  const form = page.getByRole('dialog')
  await expect(form.getByText('下一步之前须填').first()).toBeVisible()
  if (shots) for (const [width, height] of [[1440, 900], [1280, 720]] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${shots}/lacks-form-${width}.png` })
  }
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('没有改动，未写入任何内容')).toBeVisible()
  await expect(form).toBeHidden()
  if (!shots) return
  for (const language of ['zh', 'en']) {
    if (language === 'en') await page.getByRole('button', { name: 'English' }).first().click()
    await page.waitForTimeout(1500)
    for (const [width, height] of [[1440, 900], [1280, 720]] as const) {
      await page.setViewportSize({ width, height })
      for (const [name, path] of [['lacks', `/kinds/customer/${record}`], ['sync', '/sync'], ['kinds', '/kinds'], ['today', '/'], ['tasks', '/kinds/task']] as const) {
        await page.goto(laptop.address + path)
        await page.waitForTimeout(800)
        await page.screenshot({ path: `${shots}/${name}-${language}-${width}.png` })
      }
    }
  }
})

test('the form of a new customer tells from the start what a submission will need, its contact too', async ({ page, begin, laptop }) => {
  await begin()
  await page.goto(`${laptop.address}/kinds/customer`)
  await page.getByRole('button', { name: /^新建客户/ }).click()
  const form = page.getByRole('dialog')
  const line = (label: RegExp) => form.locator('.line').filter({ has: page.getByText(label) })
  const mark = (label: RegExp) => line(label).getByText('下一步之前须填')
  await expect(form.getByText('现在可以空着保存')).toBeVisible()
  for (const label of [/^业务需求/, /^街道门牌/, /^法人代表/, /^主要联系人姓名/, /^该联系人的电话/, /^总机/]) await expect(mark(label)).toBeVisible()
  await expect(mark(/^传真/)).toHaveCount(0)
  await form.getByLabel(/^总机/).fill('0571-88990022')
  await expect(mark(/^总机/)).toBeHidden()
  await form.getByLabel(/^主要联系人姓名/).fill('王海燕')
  await form.getByLabel(/^该联系人的电话/).fill('13900001111')
  await expect(mark(/^主要联系人姓名/)).toBeHidden()
  if (shots) await page.screenshot({ path: `${shots}/new-customer.png` })
  // Of a person less is asked.
  await form.getByRole('radio', { name: '个人' }).or(form.getByRole('button', { name: '个人' })).first().click()
  await expect(mark(/^法人代表/)).toBeHidden()
  await expect(mark(/^业务需求/)).toBeVisible()
  await page.keyboard.press('Escape')
})

test('a contact that may lie at the office alone is asked for, and holds no submission up', async ({ page, begin, laptop, office }) => {
  await begin()
  const { record: id } = laptop.run('customer', 'add', '临安医院', ...withoutContact) as { record: string }
  await page.goto(`${laptop.address}/kinds/customer/${id}`)
  // While it is here alone the office cannot have one either.
  await expect(page.getByText('「提交审核」之前还缺：主要联系人、联系人的电话')).toBeVisible()
  await page.keyboard.press('s')
  await expect.poll(() => (office.run('hanm', 'customer', 'list', '--text', '临安医院') as unknown[]).length, { timeout: 60_000 }).toBe(1)
  const told = page.locator('.steps').getByText(/本机没有：主要联系人、联系人的电话。办公室有的，可以「提交审核」/)
  await expect(told).toBeVisible()
  await page.getByRole('button', { name: /^提交审核/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/本机没有：主要联系人/)).toBeVisible()
  if (shots) await page.screenshot({ path: `${shots}/unsure.png` })
  await page.keyboard.press('Escape')
  // The form of its contact marks what is missing.
  await page.getByRole('tab', { name: /^联系人/ }).click()
  await page.getByRole('button', { name: /^新建联系人/ }).click()
  await expect(dialog.locator('.line').filter({ hasText: '电话' }).getByText('下一步之前须填')).toBeVisible()
  await page.keyboard.press('Escape')
})

test('a step the office refused is asked for again by E, and the foot says so only there', async ({ page, begin, laptop }) => {
  await begin()
  laptop.run('customer', 'add', '远山制药', ...complete)
  laptop.run('customer', 'submit', '远山制药')
  await page.goto(`${laptop.address}/inbox`)
  await expect(page.getByText('没有登记直接上级').first()).toBeVisible({ timeout: 60_000 })
  await expect(page.locator('footer.keys').getByText('再次提出')).toBeVisible()
  if (shots) await page.screenshot({ path: `${shots}/inbox.png` })
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog').getByRole('button', { name: /提交审核/ })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('the last sync is told in the language that is read', async ({ page, begin, laptop }) => {
  await begin()
  await page.goto(`${laptop.address}/sync`)
  await page.getByRole('button', { name: /^立即同步/ }).click()
  await expect(page.getByText('两端数据核对一致')).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'English' }).first().click()
  await expect(page.getByText('both sides hold the same data (verified)')).toBeVisible()
  await expect(page.getByText('两端数据核对一致')).toBeHidden()
})
