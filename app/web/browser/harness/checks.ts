import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Page, expect } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules of WCAG 2.2 AA; none is left out, and there is no list of exceptions. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds wrong in the page as it stands, or `within` a part of it, one line each. */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(`${axe};0`)
  const results = await page.evaluate(
    async ({ part, values }) => (window as unknown as { axe: { run: (part: object, options: object) => Promise<AxeResults> } }).axe.run({ include: [[part]] }, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }),
    { part: within, values: tags },
  )
  return results.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 160)} ${n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? ''}`))
}

/** The page has no violation of WCAG 2.2 AA that axe can find. */
export async function expectAccessible(page: Page): Promise<void> {
  await settled(page)
  expect(await violations(page), `axe, ${page.url()}`).toEqual([])
}

/** The page does not scroll sideways: what is wide scrolls within itself. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(content, `the width of ${page.url()}`).toBeLessThanOrEqual(window ?? 0)
}

/** Waits until the page shows what it has to show: its heading, and nothing that is still being read. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await expect(page.locator('main [aria-busy=true], .ant-spin-spinning')).toHaveCount(0)
}
