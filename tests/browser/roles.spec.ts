import type { Page } from '@playwright/test'

import { expect, test } from './support/test'

/** Every page of the menu, by its address. */
const pages = ['/', '/cases', '/proposals', '/duplicates', '/kinds/task', '/kinds/approval', '/kinds/notification', '/kinds/customer', '/kinds', '/import', '/export', '/reports', '/devices', '/held', '/syncs', '/audit', '/people', '/grants', '/jobs', '/backups', '/settings']
/** What stands in the menu of each role: x = an entry, in the order of `pages`. */
const menus: [who: string, role: string, entries: string][] = [
  ['lijg', '业务员', 'xxxxxxxxxx.x.....x...'],
  ['qianm', '客户服务人员', 'xxxxxxxxxx.x.....x...'],
  ['hanm', '信息员', 'xxxxxxxxxx.x..x..x...'],
  ['heli', '客户服务部经理', 'xxxxxxxxxxxx.xxxxx...'],
  ['zhangw', '区域经理', 'xxxxxxxxxx.x.....x...'],
  ['sunli', '审计', 'xxxxxxxxx......xxx...'],
  ['luop', '系统管理员', 'xxxxxxxxx...xxxxxxxxx'],
]
const inMenu = (page: Page) => page.getByRole('navigation', { name: '主菜单' }).getByRole('link').evaluateAll((links) => links.slice(1).map((link) => link.getAttribute('href')!))
/** Goes to an address without loading the page anew. */
const visit = (page: Page, path: string) =>
  page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
/** What somebody is told who may not see a page. */
const told = (page: Page) => page.locator('#page').getByText('没有这个页面，或您无权打开').or(page.locator('#page').getByRole('alert')).first()

for (const [who, role, entries] of menus) {
  test(`${role} finds what is theirs in the menu, and is told so at every other address`, async ({ as }) => {
    const page = await as(who)
    await expect(page.getByRole('banner').getByText(role)).toBeVisible()
    const found = await inMenu(page)
    expect(pages.map((each) => (found.includes(each) ? 'x' : '.')).join('')).toBe(entries)
    for (const path of pages.filter((each) => !found.includes(each))) {
      await visit(page, path)
      await expect(page, path).toHaveURL(new RegExp(`${path}$`))
      await expect.soft(told(page), `${who} ${path}`).toBeVisible({ timeout: 3000 })
      expect.soft(await page.locator('#page').innerText(), path).not.toMatch(/明润|李建国/)
    }
    for (const path of found) {
      await visit(page, path)
      await expect(page).toHaveURL(new RegExp(`${path}$`))
      await expect(page.locator('#head h1'), path).toBeVisible()
      await expect.soft(page.locator('#page').getByText('没有这个页面，或您无权打开'), `${who} ${path}`).toHaveCount(0)
    }
  })
}
