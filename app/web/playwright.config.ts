import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/*
 * Tests in a real browser, against the real server. How to write one stands at the
 * head of browser/harness/index.ts; `npx playwright test NAME` runs the files whose
 * name holds NAME.
 */
/** What is no test: pictures and measurements, when they are asked for. */
const others = { screens: process.env.STEELYARD_SCREENS, bench: process.env.STEELYARD_BENCH }

/** The browser without its windows opens a page in a third of the time; the whole one will do. */
const browser = process.env.STEELYARD_CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path))

export default defineConfig({
  testDir: 'browser',
  testIgnore: Object.entries(others).filter(([, asked]) => !asked).map(([name]) => `${name}.spec.ts`),
  outputDir: '../../out/browser/results',
  globalSetup: './browser/harness/setup.ts',
  workers: Number(process.env.STEELYARD_WORKERS ?? 2),
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 }, // on a busy machine; what goes well never waits for it
  reporter: process.env.CI ? 'line' : 'list',
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: browser, args: ['--no-sandbox'] },
    actionTimeout: 60_000,
    trace: 'off',
    screenshot: 'only-on-failure',
  },
})
