// Pictures of every page instead of tests: npx playwright test -c gallery.config.ts
import usual from './playwright.config'

export default { ...usual, testMatch: '*.shots.ts', timeout: 600_000, globalTimeout: 0, outputDir: '../../build/browser/gallery-failed' }
