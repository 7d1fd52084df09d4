// Every page by somebody who may open much: no breach of the policy, nothing thrown, and what a
// screen reader needs is there.
import { seriousFindings } from './support/axe'
import { expect, test } from './support/test'

test('no page has a serious finding of axe', async ({ as }) => {
  test.setTimeout(180_000)
  const page = await as('luop')
  const places = await page.locator('nav.side a').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
  for (const place of [...new Set([...places, '/account'])]) {
    await page.goto(place)
    await expect(page.locator('#head h1')).toBeVisible()
    // The stream of events never rests: wait for content instead.
    await expect(page.locator('#page .card, #page .sides, #page .rows').first()).toBeVisible()
    expect([place, await seriousFindings(page)]).toEqual([place, []])
  }
})
