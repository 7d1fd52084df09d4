// usage: node nc.mjs shot.png 'js using page'
import { chromium } from '@playwright/test'
const b = await chromium.connectOverCDP('http://127.0.0.1:19222')
const ctx = b.contexts()[0]
const page = ctx.pages().find(p=>!p.url().startsWith('chrome')) ?? await ctx.newPage()
await page.setViewportSize({width:1280,height:720})
const AsyncFunction = Object.getPrototypeOf(async function(){}).constructor
try { const r = await new AsyncFunction('page', process.argv[3])(page); if (r!==undefined) console.log(r) } catch (e) { console.log(String(e).slice(0,600)) }
await page.waitForTimeout(700)
await page.screenshot({path: process.argv[2]})
console.log(page.url())
process.exit(0)
