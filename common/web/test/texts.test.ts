import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import laptopEn from '../laptop/texts/en'
import laptopZh from '../laptop/texts/zh-CN'
import en from '../shared/texts/en'
import zh from '../shared/texts/zh-CN'

type Tree = { [key: string]: string | Tree | Tree[] | string[] | string[][] }

/** "area.key" of every text, with the text. */
function flat(tree: unknown, path = ''): Map<string, string> {
  if (typeof tree === 'string') return new Map([[path, tree]])
  return new Map(
    Object.entries(tree as Tree).flatMap(([key, value]) => [
      ...flat(value, path === '' ? key : `${path}.${key}`),
    ]),
  )
}
const shared = { zh: flat(zh), en: flat(en) }
const laptop = { zh: flat(laptopZh), en: flat(laptopEn) }
/** What the laptop's page may say: the shared texts and its own. */
const texts = { zh: new Map([...shared.zh, ...laptop.zh]), en: new Map([...shared.en, ...laptop.en]) }

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? files(path) : /\.(vue|ts|css|html)$/.test(path) ? [path] : []
  })
}
const root = join(fileURLToPath(new URL('.', import.meta.url)), '..')
const sources = ['office', 'laptop', 'shared']
  .flatMap((folder) => files(join(root, folder)))
  .map((path) => ({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }))

describe('texts', () => {
  it('every text exists in both languages', () => {
    expect([...texts.en.keys()].sort()).toEqual([...texts.zh.keys()].sort())
  })
  it('both languages fill in the same marks', () => {
    const marks = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    for (const [key, text] of texts.zh) expect([key, marks(texts.en.get(key)!)]).toEqual([key, marks(text)])
  })
  it('the laptop’s own words change none of the shared but the name of the page and who does not answer', () => {
    const changed = [...laptop.zh.keys()].filter((key) => shared.zh.has(key))
    expect(changed.sort()).toEqual(['app.away', 'app.console', 'app.title', 'error.unreachable'])
  })
  it('no English text holds a Chinese letter', () => {
    for (const [key, text] of texts.en) expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false])
  })
  it('every text a page asks for is there', () => {
    for (const { path, text } of sources) {
      const known = path.startsWith('laptop/') ? texts.zh : shared.zh
      for (const [, key] of text.matchAll(/\bt[em]?\('([\w.-]+)'/g)) {
        const found = known.has(key!) || [...known.keys()].some((each) => each.startsWith(`${key}.`))
        expect([path, key, found]).toEqual([path, key, true])
      }
    }
  })
  it('no text stands in a page', () => {
    for (const { path, text } of sources) {
      if (/^(shared|laptop)\/texts\//.test(path) || path.endsWith('.html')) continue
      const code = text.replace(/\/\/.*$|\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/gm, '')
      const han = [...code.matchAll(/\p{Script=Han}+/gu)].map(([word]) => word)
      // The mark of the house, and how values that are yes or no read.
      expect([path, han.filter((word) => !['档', '是', '否'].includes(word))]).toEqual([path, []])
    }
  })
})

describe('the content security policy holds by construction', () => {
  it('no page writes styles, scripts or markup into itself', () => {
    for (const { path, text } of sources) {
      const found = text.match(/\sstyle="|v-html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/g)
      expect([path, found]).toEqual([path, null])
    }
  })
  it('nothing is fetched from elsewhere', () => {
    for (const { path, text } of sources) {
      const found = (text.match(/https?:\/\/[^\s'")]+/g) ?? []).filter((url) => !url.startsWith('http://www.w3.org/'))
      expect([path, found]).toEqual([path, []])
    }
  })
})
