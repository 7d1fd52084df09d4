import { expect, test } from './support/laptop_test'

// An office of its own: nobody there reviews what its salesperson submits.
test.use({ making: { customers: 4, conflicts: 0 } })
test.describe.configure({ mode: 'serial' })
test.setTimeout(120_000)

const shots = process.env.SHOTS
const complete = ['--party-kind', 'enterprise', '--contact', '王海燕', '--phone', '13900001111', '--source', 'event', '--source-detail', '春季药交会', '--business-need', '分析天平', '--province', '浙江省', '--city', '杭州市', '--district', '西湖区', '--street-address', '文三路88号', '--industry-code', 'C27', '--enterprise-nature', 'private', '--legal-rep', '周明远', '--party-role', 'buyer']

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
