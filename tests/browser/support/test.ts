// What every spec starts from: the office, people signed in, and a page that tells when something
// broke the policy or was thrown.
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test'

import { makeOffice, type Making, type Office, password, usual } from './office'
import { codeAt } from './totp'

interface Fixtures {
  /** A page of this person, signed in; the same browser for every test of a run. */
  as: (who: string) => Promise<Page>
  /** What went wrong in any page of the test. */
  broken: string[]
}
interface WorkerFixtures {
  /** What the office is made with; files that say the same share one office. */
  making: Making
  office: Office
  /** One browser a person: what it has read once it need not read again. */
  browsers: Map<string, BrowserContext>
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  making: [usual, { option: true, scope: 'worker' }],
  office: [
    async ({ making }, use) => {
      const office = await makeOffice(making)
      await use(office)
      await office.end()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  browsers: [
    async ({ office: _ }, use) => {
      const browsers = new Map<string, BrowserContext>()
      await use(browsers)
      for (const each of browsers.values()) await each.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ office }, use) => use(office.address),
  broken: async ({}, use) => {
    const broken: string[] = []
    await use(broken)
    expect(broken).toEqual([])
  },
  page: async ({ page, broken }, use) => {
    await watch(page, broken)
    await use(page)
  },
  as: async ({ browser, browsers, baseURL, broken }, use) => {
    const pages: Page[] = []
    await use(async (who) => {
      const known = browsers.get(who)
      const context = known ?? (await browser.newContext({ baseURL }))
      const page = await context.newPage()
      pages.push(page)
      await watch(page, broken)
      await page.goto('/')
      if (!known) {
        await signIn(page, who)
        browsers.set(who, context)
      }
      await expect(page.locator('#page')).toBeVisible()
      return page
    })
    for (const page of pages) {
      // What a person chose at this browser, the language above all, is no other test's business.
      await page.evaluate(() => localStorage.clear()).catch(() => {})
      await page.close()
    }
  },
})
export { expect }

async function watch(page: Page, broken: string[]) {
  await page.addInitScript(() => {
    window.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  page.on('pageerror', (error) => broken.push(`thrown: ${error.message}`))
  page.on('console', (message) => {
    if (message.text().startsWith('policy:')) broken.push(message.text())
  })
  page.on('dialog', (dialog) => {
    // The page itself asks before what was typed is left; an alert is nobody's but a stranger's.
    if (dialog.type() === 'alert') broken.push(`alert: ${dialog.message()}`)
    void dialog.accept()
  })
}

/** Sets a password by a link of the administrator. */
export async function setPassword(page: Page, link: string, word: string) {
  // The part behind '#' alone makes no new page.
  await page.goto('about:blank')
  await page.goto(link)
  await page.getByLabel(/^新密码/).fill(word)
  await page.getByLabel('再输一次').fill(word)
  await page.getByRole('button', { name: '设置密码' }).click()
}

/** The way in: password, agreement, and a second factor where clearance wants one. */
export async function signIn(page: Page, who: string, word = password): Promise<{ recovery: string[] }> {
  await page.locator('#user').fill(who)
  await page.locator('#password').fill(word)
  await page.keyboard.press('Enter')
  const agreement = page.locator('.step .text')
  const factor = page.locator('#first-code')
  const inside = page.locator('#page')
  await expect(agreement.or(factor).or(inside).first()).toBeVisible()
  if (await agreement.isVisible()) {
    await page.locator('.step .el-checkbox').click()
    await page.locator('.step .el-button--primary').click()
    await expect(factor.or(inside).first()).toBeVisible()
  }
  if (!(await factor.isVisible())) return { recovery: [] }
  const secret = await page.locator('.step .mono').innerText()
  await factor.fill(codeAt(secret, Date.now()))
  await page.keyboard.press('Enter')
  await expect(page.locator('.codes li')).toHaveCount(10)
  const recovery = await page.locator('.codes li').allInnerTexts()
  await page.locator('.step .el-checkbox').click()
  await page.locator('.step .el-button--primary').click()
  await expect(inside).toBeVisible()
  return { recovery }
}
