import type { Page } from '@playwright/test'

import { seriousFindings } from './support/axe'
import { describeVisit } from './support/laptop_page'
import { expect, test } from './support/laptop_test'

const over = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

test('the day and the form of a visit fit a screen of 390 px', async ({ page, begin, office }) => {
  test.setTimeout(120_000)
  await begin()
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('heading', { name: '等您处理' })).toBeVisible()
  expect(await over(page)).toBe(0)
  const form = await describeVisit(page, office.customers[office.customers.length - 5]!, '在仓库门口记的一次拜访')
  expect(await over(page)).toBe(0)
  const box = (await form.boundingBox())!
  expect(box.width).toBeLessThanOrEqual(390)
  for (const each of await form.getByRole('textbox').all()) expect((await each.boundingBox())!.width).toBeLessThanOrEqual(390)
})

test('every page of the laptop fits 1280 × 720 in both languages, in words of that language, without a serious finding', async ({ page, begin, laptop }) => {
  test.setTimeout(180_000)
  await begin()
  await page.setViewportSize({ width: 1280, height: 720 })
  const places = await page.getByRole('navigation').first().getByRole('link').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')!))])
  for (const language of ['zh-CN', 'en']) {
    if (language === 'en') await page.getByRole('button', { name: 'English' }).first().click()
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    for (const place of places) {
      await page.goto(`${laptop.address}${place}`)
      await expect(page.locator('#page h1, #head h1, #page h2').first()).toBeVisible()
      expect([language, place, await over(page)]).toEqual([language, place, 0])
      const text = await page.locator('body').innerText()
      expect.soft(text.match(/\b(laptop|menu|form|list|record|case)\.[a-zA-Z_]+(\.[a-zA-Z_]+)*/g) ?? [], `${language} ${place}`).toEqual([])
      if (language === 'zh-CN') expect.soft([place, await seriousFindings(page)]).toEqual([place, []])
    }
  }
})
