/*
 * How to write a test in the browser.
 *
 *   import { expect, test } from './harness'
 *
 *   test('a manager hands in the reviews of the outlet', async ({ as, bank }) => {
 *     const page = await as('outletManager', { at: '/team/reviews', language: 'en' })
 *     await page.getByRole('button', { name: 'Hand in' }).click()
 *     await expect(page.getByRole('status')).toContainText('Handed in')
 *   })
 *
 * One file per flow (browser/reviews.spec.ts), names that are sentences.
 *
 * - `test` gives each test a fresh demo bank with a server of its own (about half a
 *   second). `reading as test` shares one: for tests that change nothing.
 * - `as(kind, {…})` opens a page, signed in over the API as a kind of user (see `kinds`
 *   in bank.ts), in a browser context of its own: two users are two calls. `as(undefined,
 *   { at: '/sign-in' })` is nobody. Options: at, language ('zh' | 'en'), theme ('light' |
 *   'dark'), width, height, phone, ownSession. `test.use({ look: { language: 'en' } })` sets
 *   them for a file.
 * - `bank` has the API for what a test sets up or compares: `(await bank.as('hrAdmin')).GET(…)`;
 *   `await bank.months()` says which month is open and which are published: never write a
 *   month down, the demo bank looks back from today. `bank.stop()` and `bank.resume()`
 *   take the server away and bring it back; `bank.kill()` takes it away as a power cut would.
 * - When a test ends, its pages must have been well: no error or warning in the console,
 *   no script that broke, nothing that the content policy refused, no answer of 500. A test
 *   that brings one about says so: `allowFault(page, /ERR_CONNECTION_REFUSED/)`.
 * - Find things as their users do: getByRole with a name, getByLabel, getByText. Never sleep:
 *   `await expect(locator).toBeVisible()` and its kind wait by themselves. After a
 *   navigation `await settled(page)` waits for what is being read.
 * - `expectAccessible(page)` runs axe, `expectNoSidewaysScroll(page)` is for 390 and 320 px.
 *
 * `npx playwright test reviews` in app/web builds the program (when something changed) and
 * runs browser/reviews*.spec.ts. STEELYARD_BIN=/path/of/steelyard takes a program that is
 * built already; STEELYARD_WORKERS=1 leaves a core to others. What a failed test saw is in
 * out/browser/results.
 */
export { expect } from '@playwright/test'
export { Bank, type Kind, kinds } from './bank'
export { expectAccessible, expectNoSidewaysScroll, settled, violations } from './checks'
export { type As, type Look, allowFault, reading, test } from './test'
