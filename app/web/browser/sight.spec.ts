import type { CDPSession, Page } from '@playwright/test'
import { expect, reading as test, settled } from './harness'
import { addressOf, present } from './harness/routes'

/** Pages whose statuses are told apart by colour as well. */
const coloured = ['results', 'users', 'grants', 'audit', 'scorecards', 'data', 'team', 'me/scorecard']

/** What shows a status: tags, and cells and marks that are painted. */
const statuses = '.ant-tag, .standing, .coverage-cell'

/** In the page: the statuses that say nothing but their colour. */
const mute = (selector: string): string[] =>
  [...document.querySelectorAll(`main :is(${selector})`)].filter((status) => status.textContent.trim() === '').map((status) => status.outerHTML.slice(0, 120))

/** A picture of each status that says something else, as somebody sees it. */
async function picturesAs(page: Page, session: CDPSession, type: 'achromatopsia' | 'deuteranopia'): Promise<Map<string, string>> {
  await session.send('Emulation.setEmulatedVisionDeficiency', { type })
  const shown = page.locator('main').locator(statuses)
  const pictures = new Map<string, string>()
  const said = await shown.evaluateAll((all) => all.map((one) => {
    const seen = one.cloneNode(true) as Element
    for (const heard of seen.querySelectorAll('.sr-only')) heard.remove()
    return seen.textContent.trim()
  }))
  for (const [i, words] of said.entries()) {
    if (pictures.size >= 6 || pictures.has(words) || !(await shown.nth(i).isVisible())) continue
    pictures.set(words, (await shown.nth(i).screenshot()).toString('base64'))
  }
  return pictures
}

test('statuses are told apart by those who do not see colours', async ({ as, bank }) => {
  let seen = 0
  for (const route of present().filter(({ path }) => coloured.includes(path))) {
    const page = await as(route.kind, { at: await addressOf(route, bank, true) })
    const session = await page.context().newCDPSession(page)
    await settled(page)
    expect(await page.evaluate(mute, statuses), `statuses without a word on ${route.path}`).toEqual([])
    for (const sight of ['achromatopsia', 'deuteranopia'] as const) {
      const pictures = await picturesAs(page, session, sight)
      expect(new Set(pictures.values()).size, `pictures of the statuses on ${route.path}, ${sight}`).toBe(pictures.size)
      seen += pictures.size
    }
    await page.context().close()
  }
  expect(seen).toBeGreaterThanOrEqual(10)
})
