// One picture of a page at each size, and what can be said of it without looking: what it is wider
// than, what is cut off, words of the other language, what the browser complained of.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]
export const folder = process.env.GALLERY ?? '../../build/browser/gallery'
export const wide = [[1440, 900], [1280, 720]] as const
export const alsoNarrow = [...wide, [390, 844]] as const

/** Latin words every Chinese page may have: keys, formats, and names of the product itself. */
const latin = new Set(['Alt', 'CSV', 'Ctrl', 'Dossier', 'English', 'Enter', 'Excel', 'PgDn', 'PgUp', 'Shift', 'TOTP', 'UTF', 'XLSX', 'dossier', 'run'].map((word) => word.toLowerCase()))
/** What people typed is no language's: names of customers, people, places, and their logins; a single
 * character is the mark or an initial. */
const typed = /\p{Script=Han}*(明润|远山)[\p{Script=Han}（）\d]*|李建国|王芳|陈静|刘洋|韩梅|郑华|钱明|孙丽|张伟|何丽|罗平|华东|仪器销售部|<img.*甲<\/b>|王海燕|重点客户|中文|\b(lijg|wangf|chenj|liuy|hanm|zhengh|qianm|sunli|zhangw|heli|luop|onerror|window)\b/gu

interface Found {
  over: number
  cut: string[]
  texts: string[]
}
const look = (): Found => {
  const cut: string[] = []
  const texts: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? '').trim()
    const box = node.parentElement
    if (!text || !box?.checkVisibility({ visibilityProperty: true }) || box.closest('code, textarea, .codes, .mono')) continue
    texts.push(text)
    const style = getComputedStyle(box)
    const wider = box.clientWidth > 1 && box.scrollWidth > box.clientWidth + 1
    if (wider && style.overflowX !== 'auto' && style.textOverflow !== 'ellipsis' && !box.title) cut.push(text.slice(0, 40))
  }
  for (const box of document.querySelectorAll<HTMLInputElement>('input')) if (box.placeholder) texts.push(box.placeholder)
  return { over: document.documentElement.scrollWidth - window.innerWidth, cut, texts }
}
function strangers(texts: string[], language: Language): string[] {
  const told = texts.map((text) => text.replaceAll(typed, ' '))
  const found = told.flatMap((text) => (language === 'en' ? (/\p{Script=Han}/u.test(text) && [...text.trim()].length > 1 ? [text] : []) : (text.match(/[A-Za-z][A-Za-z_.-]{3,}/g) ?? []).filter((word) => !latin.has(word.toLowerCase()))))
  return [...new Set(found)].map((each) => each.slice(0, 60))
}

export interface Gallery {
  take: (page: Page, name: string, sizes?: readonly (readonly [number, number])[]) => Promise<void>
}

/** Begins the gallery of one language; `part` keeps its list of findings apart. */
export function gallery(language: Language, part: string): Gallery {
  mkdirSync(folder, { recursive: true })
  const list = join(folder, `${part}-${language}.txt`)
  writeFileSync(list, '')
  const complaints = new WeakMap<Page, string[]>()
  const hear = (page: Page) => {
    const heard: string[] = []
    page.on('console', (message) => message.type() === 'error' && heard.push(`${message.text()} ${message.location().url}`))
    page.on('pageerror', (error) => heard.push(error.message))
    complaints.set(page, heard)
    return heard
  }
  return {
    take: async (page, name, sizes = wide) => {
      const heard = complaints.get(page) ?? hear(page)
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height })
        await page.waitForTimeout(350)
        const told = await page.evaluate(look)
        await page.screenshot({ path: join(folder, `${name}-${language}-${width}.png`), animations: 'disabled' })
        const said = [told.over !== 0 && `wider by ${told.over}`, told.cut.length > 0 && `cut: ${told.cut.join(' | ')}`, strangers(told.texts, language).map((each) => `“${each}”`).join(' '), ...heard.splice(0)].filter(Boolean)
        const line = `${name} ${width}${said.map((each) => `\n    ${each}`).join('')}\n`
        appendFileSync(list, line)
        process.stdout.write(line)
      }
      await page.setViewportSize({ width: wide[0][0], height: wide[0][1] })
    },
  }
}
