// The real programs, one browser of the system, one office for all.
//   DOSSIERD, DOSSIER      the programs; otherwise those of build/dev
//   CHROMIUM               the browser; otherwise Debian's
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'pages', testMatch: '*.spec.ts' },
    { name: 'figures', testMatch: '*.figures.ts' },
    { name: 'gallery', testMatch: '*.shots.ts', timeout: 600_000 },
  ],
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  globalTimeout: 1_200_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: process.env.BROWSER_ARTEFACTS ?? '../../build/browser',
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 720 },
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    },
  },
})
