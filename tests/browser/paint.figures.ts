// How long somebody waits for a list, from the address to its first row, beside the floor: a page of
// the same office without any script. Never asserted; the bars stand in the printed lines.
import type { BrowserContext, Page } from '@playwright/test'

import { expect, test } from './support/test'

test.use({ making: { customers: 2000, conflicts: 0 } })
const times = 15

const middle = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const told = (values: number[]) => `p50 ${Math.round(middle(values))} ms, slowest ${Math.round(Math.max(...values))} ms`

interface Wait {
  paint: number
  row: number
}
/** A page that notes when its first row came. */
async function noting(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('td')) return
      performance.mark('row')
      observer.disconnect()
    }).observe(document, { childList: true, subtree: true })
  })
  return page
}
/** From the start of the navigation to the first paint, and to the first row of the list. */
async function waitFor(page: Page, address: string): Promise<Wait> {
  await page.goto(address, { waitUntil: 'commit' })
  await expect(page.locator('td').first()).toBeVisible()
  const at = (name: string) => page.evaluate((of) => performance.getEntriesByName(of)[0]!.startTime, name)
  return { paint: await at('first-contentful-paint'), row: await at('row') }
}

test('a list is painted', async ({ as, browser, baseURL }) => {
  test.setTimeout(300_000)
  const signedIn = await as('hanm')
  const state = await signedIn.context().storageState()
  const list = `${baseURL}/kinds/customer`
  const cold: Wait[] = []
  let warmed: BrowserContext | undefined
  for (let at = 0; at < times; ++at) {
    await warmed?.close()
    warmed = await browser.newContext({ storageState: state })
    cold.push(await waitFor(await noting(warmed), list))
  }
  const page = await noting(warmed!)
  const warm: Wait[] = []
  const floor: number[] = []
  for (let at = 0; at < times; ++at) {
    warm.push(await waitFor(page, list))
    const from = Date.now()
    await page.goto(`${baseURL}/api/v1/health`)
    floor.push(Date.now() - from)
  }
  console.log(`pages: a list of 2,000 customers in a browser (floor: a page without scripts, ${told(floor)})`)
  console.log(`  nothing known of the page yet: first paint ${told(cold.map((each) => each.paint))}; first row ${told(cold.map((each) => each.row))} (bar 1500)`)
  console.log(`  the page known:                first paint ${told(warm.map((each) => each.paint))}; first row ${told(warm.map((each) => each.row))} (bar 300)`)
  expect(cold).toHaveLength(times)
})
