import { passphrase } from './support/laptop'
import { describeVisit, enter, pill, recordVisit, unlock } from './support/laptop_page'
import { expect, test } from './support/laptop_test'
import type { Office } from './support/office'

// An office of its own: its laptop is one nobody let in before.
test.use({ making: { customers: 24, conflicts: 1 } })
test.describe.configure({ mode: 'serial' })
test.setTimeout(120_000)

/** How often the office has a visit of this content. */
const times = (office: Office, content: string) => (office.run('hanm', 'communication', 'list', '--limit', '1000') as { content?: string }[]).filter((each) => each.content === content).length
/** The last customers are of the laptop's own salesperson. */
const own = (office: Office, at: number) => office.customers[office.customers.length - 1 - at]!

test('a first run ends with the laptop synced by itself, once the office approves it', async ({ page, begin, laptop }) => {
  await begin()
  expect(page.url()).toBe(`${laptop.address}/`)
  await expect(pill(page)).toHaveAttribute('data-state', 'synced', { timeout: 60_000 })
  await expect(pill(page)).toContainText('上次同步')
})

test('another browser without the link gets the health and nothing else', async ({ laptop, playwright }) => {
  const stranger = await playwright.request.newContext({ baseURL: laptop.address })
  const health = await stranger.get('/api/v1/health')
  expect([health.status(), await health.json()]).toEqual([200, { ok: true }])
  for (const path of ['session', 'state', 'actions', 'schema', 'events', 'customer/list', 'visit/list', 'draft/list', 'status']) {
    const answer = await stranger.get(`/api/v1/${path}`)
    expect([path, answer.status(), (await answer.text()).includes('明润')]).toEqual([path, 401, false])
  }
  for (const [path, data] of [['session', { token: 'a'.repeat(64) }], ['lock', {}], ['sync', {}], ['draft/visit/save', { form: '{}' }]] as const) {
    expect([path, (await stranger.post(`/api/v1/${path}`, { data })).status()]).toEqual([path, 401])
  }
  await stranger.dispose()
})

test('a link lets one browser in, once', async ({ page, laptop, playwright }) => {
  await laptop.stop()
  const link = await laptop.start()
  const token = link.split('#token=')[1]
  const stranger = await playwright.request.newContext({ baseURL: laptop.address })
  await enter(page, link)
  await unlock(page)
  expect((await stranger.post('/api/v1/session', { data: { token } })).status()).toBe(401)
  expect((await stranger.post('/api/v1/session', { data: { passphrase: `${passphrase}?` } })).status()).toBe(401)
  await stranger.dispose()
})

test('what was typed is there again after a lock, and after the program was killed', async ({ page, begin, laptop, office }) => {
  await begin()
  const form = await describeVisit(page, own(office, 0), '冷库温度记录缺两天')
  await expect(form.getByText('草稿已存')).toBeVisible()
  await page.keyboard.press('Control+Shift+L')
  await expect(page.getByText('本机档案库已锁定')).toBeVisible()
  await expect(page.getByText('冷库温度记录缺两天')).toHaveCount(0)
  await unlock(page)
  await expect(form.getByLabel(/^内容/)).toHaveValue('冷库温度记录缺两天')

  await form.getByLabel(/^内容/).fill('冷库温度记录缺三天')
  const saved = form.getByText('草稿已存')
  const before = await saved.innerText()
  await expect.poll(() => saved.innerText()).not.toBe(before)
  await laptop.stop('SIGKILL')
  await enter(page, await laptop.start())
  await unlock(page)
  await expect(form.getByLabel(/^内容/)).toHaveValue('冷库温度记录缺三天')
  await form.getByRole('button', { name: /^保存 ?Ctrl/ }).click()
  await expect(form).toBeHidden()
})

test('a visit recorded while the office is away is there soon after it is back, without a click', async ({ page, begin, office }) => {
  await office.stop()
  await begin()
  await recordVisit(page, own(office, 1), '看了冷库，缺两台检测仪')
  await expect(pill(page)).toHaveAttribute('data-state', /waiting|offline/)
  await expect(pill(page)).toContainText('待上传')
  await office.start()
  await expect.poll(() => times(office, '看了冷库，缺两台检测仪'), { timeout: 90_000 }).toBe(1)
  await expect(pill(page)).toHaveAttribute('data-state', 'synced')
})

test('a sync under way says so, and one that reaches nobody is offline rather than wrong', async ({ page, begin, cable }) => {
  await begin()
  cable.hold()
  await page.getByRole('button', { name: '立即同步' }).click()
  await expect(pill(page)).toHaveAttribute('data-state', 'syncing')
  cable.letGo()
  await expect(pill(page)).toHaveAttribute('data-state', 'synced', { timeout: 30_000 })

  cable.cutAfter('up', 0)
  await page.getByRole('button', { name: '立即同步' }).click()
  await expect(pill(page)).toHaveAttribute('data-state', 'offline')
  await expect(pill(page)).toContainText('离线')
  cable.plug()
})

test('a conflict shows instead of a green tick until somebody has seen to it', async ({ page, begin, laptop, office }) => {
  await begin()
  const name = own(office, 2)
  const [found] = office.run('hanm', 'customer', 'list', '--text', name) as { id: string }[]
  laptop.run('customer', 'edit', name, '--name', `${name}（陈改）`)
  office.run('hanm', 'customer', 'edit', found!.id, '--name', `${name}（韩改）`)
  await page.getByRole('button', { name: '立即同步' }).click()
  await expect(pill(page)).toHaveAttribute('data-state', 'attention', { timeout: 30_000 })
  await page.goto(`${laptop.address}/inbox`)
  await expect(page.getByText(`${name}`).first()).toBeVisible()
})
