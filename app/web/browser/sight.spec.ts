import { expect, reading as test, settled } from './harness'
import { type Route, addressOf, present } from './harness/routes'

/** Pages whose statuses are told apart by colour as well. */
const coloured = ['results', 'users', 'grants', 'audit', 'scorecards', 'data', 'team', 'me/scorecard']

/** What shows a status: tags, and cells and marks that are painted. */
const statuses = '.ant-tag, .standing, .coverage-cell'

const lookedAt = present().filter((route) => coloured.includes(route.path))

/** In the page: the statuses that say nothing but their colour. */
const mute = (selector: string): string[] =>
  [...document.querySelectorAll(`main :is(${selector})`)].filter((status) => status.textContent.trim() === '').map((status) => status.outerHTML.slice(0, 120))

for (const sight of ['achromatopsia', 'deuteranopia'] as const) {
  test(`statuses are told apart by those who do not see colours: ${sight}`, async ({ as, bank }) => {
    const look = async (route: Route) => {
      const page = await as(route.kind, { at: await addressOf(route, bank) })
      const session = await page.context().newCDPSession(page)
      await session.send('Emulation.setEmulatedVisionDeficiency', { type: sight })
      await settled(page)
      expect(await page.evaluate(mute, statuses), `statuses without a word on ${route.path}`).toEqual([])
      // What says different things looks different: a picture of one of each.
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
      expect(new Set(pictures.values()).size, `pictures of the statuses on ${route.path}`).toBe(pictures.size)
      await page.context().close()
      return pictures.size
    }
    let seen = 0
    for (const route of lookedAt) seen += await look(route)
    expect(seen).toBeGreaterThanOrEqual(5)
  })
}
