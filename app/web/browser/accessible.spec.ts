import type { Page } from '@playwright/test'
import { type As, type Look, expect, expectNoSidewaysScroll, reading as test, settled, violations } from './harness'
import { prepareAnswers, setAnswers } from './harness/answers'
import { all, lookName, looksOf, wide } from './harness/looks'
import { type Route, addressOf, present, routerPaths, routes } from './harness/routes'
import { type State, bring, partOf } from './harness/states'

/** Looks at the page as it stands, or at a part of it when the rest was looked at. */
type LookAt = (state: string, part?: string) => Promise<void>

async function visit(page: Page, at: string): Promise<void> {
  await page.goto(at)
  await settled(page)
}

/** The states into which a page is brought by its user; gives those that it does not have. */
async function bringAll(page: Page, at: string, states: readonly State[], lookAt: LookAt): Promise<State[]> {
  const missing: State[] = []
  for (const [i, state] of states.entries()) {
    if (i > 0) await visit(page, at)
    if (await bring[state](page)) await lookAt(state, all ? undefined : partOf[state])
    else missing.push(state)
  }
  return missing
}

/** Looks at a page in all its states; gives those that it has in no look but a wide one. */
async function lookThrough(as: As, route: Route, at: string, look: Partial<Look>, states: readonly State[]): Promise<{ wrong: string[]; missing: State[] }> {
  const wrong: string[] = []
  const page = await as(route.kind, { ...look, at: route.kind ? '/icon.svg' : undefined })
  const lookAt: LookAt = async (state, part) => {
    wrong.push(...(await violations(page, part)).map((line) => `${state} ${lookName(look)}: ${line}`))
  }
  await prepareAnswers(page)
  await visit(page, at)
  await expect(page.locator('main .notice:is(.error, .warning)'), 'the page has what it is asked for').toHaveCount(0)
  await lookAt('loaded')
  await expectNoSidewaysScroll(page)
  const missing = await bringAll(page, at, states, lookAt)
  if (!route.fixed) {
    for (const answers of ['empty', 'error'] as const) {
      await setAnswers(page, answers)
      await visit(page, at)
      await lookAt(answers, all ? undefined : 'main') // the frame has been looked at, and stays
      await expectNoSidewaysScroll(page)
    }
  }
  await page.context().close()
  return { wrong, missing }
}

const statesOf = (route: Route): State[] => [
  ...(route.choice ? (['dropdown'] as const) : []), ...(route.drawer ? (['drawer'] as const) : []), ...(route.grid ? (['editing'] as const) : []),
]

test('every route of the router is among those that are looked at', () => {
  expect(routerPaths().filter((path) => !routes.some((route) => route.path === path))).toEqual([])
})

present().forEach((route, n) => {
  test(`axe finds nothing: ${route.path}`, async ({ as, bank }) => {
    test.setTimeout(all ? 900_000 : 240_000)
    const at = await addressOf(route, bank, all)
    const wrong: string[] = []
    let never = new Set(statesOf(route))
    for (const look of looksOf(n)) {
      const seen = await lookThrough(as, route, at, look, statesOf(route))
      wrong.push(...seen.wrong)
      never = new Set(seen.missing.filter((state) => never.has(state)))
    }
    if (never.size > 0) { // a phone has cards where a wide window has a table
      const look = { ...looksOf(n)[0], ...wide, phone: false }
      const seen = await lookThrough(as, route, at, look, [...never])
      wrong.push(...seen.wrong)
      never = new Set(seen.missing)
    }
    expect([...never], 'states that the page does not have').toEqual([])
    expect(wrong).toEqual([])
  })
})
