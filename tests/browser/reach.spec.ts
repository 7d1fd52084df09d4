// Every page by somebody who may open much: no breach of the policy, nothing thrown, and what a
// screen reader needs is there.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { expect, test } from './support/test'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Finding {
  id: string
  impact: string
  nodes: { html: string }[]
}

test('no page has a serious finding of axe', async ({ as }) => {
  test.setTimeout(180_000)
  const page = await as('luop')
  const places = await page.locator('nav.side a').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
  for (const place of [...new Set([...places, '/account'])]) {
    await page.goto(place)
    await expect(page.locator('#head h1')).toBeVisible()
    // The stream of events never rests: wait for content instead.
    await expect(page.locator('#page .card, #page .sides, #page .rows').first()).toBeVisible()
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: { run: () => Promise<{ violations: Finding[] }> } }).axe.run()
      return violations.filter((each) => ['serious', 'critical'].includes(each.impact)).map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)
    })
    expect([place, found]).toEqual([place, []])
  }
})
