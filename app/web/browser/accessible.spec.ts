import type { Page, Route as Request } from '@playwright/test'
import { allowFault, expect, expectNoSidewaysScroll, reading as test, settled, violations } from './harness'
import { lookName, looksOf } from './harness/looks'
import { type Route, addressOf, present, routerPaths, routes } from './harness/routes'

/** What the frame of every page reads: it stays as it is while the page itself has nothing, or fails. */
const frame = /\/api\/v1\/(me|about|periods|me\/preferences|jobs)(\?|$)/

async function answers(page: Page, answer: (request: Request) => Promise<void>): Promise<void> {
  await page.route((url) => url.pathname.startsWith('/api/v1/') && !frame.test(url.pathname + url.search), (request) =>
    request.request().method() === 'GET' ? answer(request) : request.continue())
}

/** Every list is empty. */
async function empty(request: Request): Promise<void> {
  const answer = await request.fetch()
  if (!answer.headers()['content-type']?.includes('json')) return request.fulfill({ response: answer })
  const body = (await answer.json()) as Record<string, unknown>
  for (const list of ['items', 'rows']) if (Array.isArray(body[list])) Object.assign(body, { [list]: [], next: undefined, ...('total' in body && { total: 0 }) })
  return request.fulfill({ response: answer, json: body })
}

const failed = (request: Request) => request.fulfill({
  status: 500, contentType: 'application/problem+json',
  json: { status: 500, code: 'server.internal', title: 'something went wrong inside the program', request_id: 'fb86b18497e8742e8e508ac8f9119144' },
})

type State = 'loaded' | 'empty' | 'error' | 'drawer' | 'dropdown' | 'editing'

const statesOf = (route: Route): State[] => [
  'loaded',
  ...(route.fixed ? [] : (['empty', 'error', 'dropdown'] as const)),
  ...(route.drawer ? (['drawer'] as const) : []),
  ...(route.grid ? (['editing'] as const) : []),
]

/** Brings the page into a state; false where it has no such thing in this look. */
async function bring(page: Page, state: State): Promise<boolean> {
  if (state === 'dropdown') {
    const choice = page.locator('main .ant-select:not(.ant-select-disabled)').first()
    if (!(await choice.isVisible())) return false
    await choice.click()
    await expect(page.locator('.ant-select-dropdown').first()).toBeVisible()
  }
  if (state === 'drawer') {
    await page.locator('main').locator('tbody tr:not([aria-hidden]) :is(a, button):visible, [role=treeitem] :is(a, button):visible').first().click()
    await expect(page.locator('.ant-drawer-section, .ant-drawer-content').first()).toBeVisible()
    await expect(page.locator('.ant-drawer [aria-busy=true]')).toHaveCount(0)
  }
  if (state === 'editing') {
    const cell = page.locator('main [role=grid] [role=gridcell]:not([aria-readonly=true])').first()
    if (!(await cell.isVisible())) return false
    await cell.click()
    await page.keyboard.press('F2')
  }
  return true
}

test('every route of the router is among those that are looked at', () => {
  expect(routerPaths().filter((path) => !routes.some((route) => route.path === path))).toEqual([])
})

present().forEach((route, n) => {
  test(`axe finds nothing: ${route.path}`, async ({ as, bank }) => {
    test.setTimeout(process.env.STEELYARD_AXE === 'all' ? 900_000 : 240_000)
    const at = await addressOf(route, bank)
    const wrong: string[] = []
    for (const [i, state] of statesOf(route).entries()) {
      for (const look of looksOf(n + i)) {
        const page = await as(route.kind, { ...look, at: route.kind ? '/icon.svg' : undefined })
        if (state === 'empty') await answers(page, empty)
        if (state === 'error') {
          allowFault(page, /^500 of/)
          await answers(page, failed)
        }
        await page.goto(at)
        await settled(page)
        if (await bring(page, state)) wrong.push(...(await violations(page)).map((line) => `${state} ${lookName(look)}: ${line}`))
        if (state === 'loaded') await expectNoSidewaysScroll(page)
        await page.context().close()
      }
    }
    expect(wrong).toEqual([])
  })
})
