import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

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
const texts = { zh: flat(zh), en: flat(en) }

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? files(path) : /\.(vue|ts|css|html)$/.test(path) ? [path] : []
  })
}
const root = join(fileURLToPath(new URL('.', import.meta.url)), '..')
const sources = ['office', 'shared']
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
  it('no English text holds a Chinese letter', () => {
    for (const [key, text] of texts.en) expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false])
  })
  it('every text a page asks for is there', () => {
    for (const { path, text } of sources) {
      for (const [, key] of text.matchAll(/\bt[em]?\('([\w.-]+)'/g)) {
        const found = texts.zh.has(key!) || [...texts.zh.keys()].some((each) => each.startsWith(`${key}.`))
        expect([path, key, found]).toEqual([path, key, true])
      }
    }
  })
  it('no text stands in a page', () => {
    for (const { path, text } of sources) {
      if (path.startsWith('shared/texts/') || path.endsWith('.html')) continue
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
