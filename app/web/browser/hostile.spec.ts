import type { Locator, Page } from '@playwright/test'
import { expect, expectNoSidewaysScroll, reading, settled } from './harness'
import { hostile } from './harness/hostile'
import { type Route, addressOf, present } from './harness/routes'
import { bring } from './harness/states'
import { type Kept, fill, visible } from './hostile.bank'

/** A bank that is full of hostile texts. */
const test = reading.extend<object, { kept: Kept }>({
  kept: [async ({ bank }, give) => give(await fill(bank)), { scope: 'worker', timeout: 180_000 }],
})

/** Pages on which something that is kept must be to be seen. */
const showing = [
  'results', 'metric-library', 'rubrics', 'scorecards/:code', 'staff', 'units', 'reviews', 'grants', 'roles', 'users', 'audit', 'team', 'team/reviews',
  'me/scorecard', '/print/scorecard/:period/:staff',
]

/** Fails when a text has run: it set the mark, opened a dialog, or led away. */
async function expectNothingRan(page: Page, host: string): Promise<void> {
  expect(await page.evaluate(() => (window as unknown as { hit?: unknown }).hit)).toBeUndefined()
  expect(new URL(page.url()).origin).toBe(host)
}

/** In the page: writes each text into a field, as typing does. */
async function writeAll(element: Element, texts: readonly string[]): Promise<void> {
  const field = element as HTMLInputElement | HTMLTextAreaElement
  const write = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')?.set
  field.focus()
  for (const text of texts) {
    write?.call(field, text)
    field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }))
    await new Promise((done) => setTimeout(done))
  }
}

/** Types everything into every text field; then Enter hands the last in. Gives how many fields there were. */
async function typeInto(part: Locator): Promise<number> {
  const fields = part.locator('input[type=text]:visible, input[type=search]:visible, input:not([type]):visible, textarea:visible')
  let typed = 0
  for (let i = 0; i < (await fields.count()); i++) {
    const field = fields.nth(i)
    if (!(await field.isEditable())) continue
    await field.evaluate(writeAll, [...hostile, hostile[(typed + 8) % hostile.length] ?? ''])
    typed++
    if (await field.evaluate((one) => one.isConnected && one.tagName === 'INPUT' && one === document.activeElement)) await field.page().keyboard.press('Enter')
  }
  return typed
}

/** Closes a dialog; the page is opened anew where it wants to be asked, or where it has gone. */
async function leave(page: Page, at: string): Promise<void> {
  await page.keyboard.press('Escape')
  const closed = await page.getByRole('dialog').first().waitFor({ state: 'hidden', timeout: 1_000 }).then(() => true, () => false)
  if (!closed || new URL(page.url()).pathname !== new URL(at, page.url()).pathname) await page.goto(at)
  await settled(page)
}

/** The dialogs and drawers that the page's own buttons open, each typed into as well. */
async function typeIntoDialogs(page: Page, at: string, host: string): Promise<void> {
  const openers = page.locator('.page-actions button:visible, main button.ant-btn-primary:visible')
  const dialog = page.getByRole('dialog').last()
  const count = await openers.count()
  for (let i = 0; i < count; i++) {
    const opener = openers.nth(i)
    if (!(await opener.isVisible()) || !(await opener.isEnabled())) continue
    await opener.click()
    await settled(page)
    if (!(await dialog.isVisible())) continue
    await typeInto(dialog)
    await expectNothingRan(page, host)
    await leave(page, at)
  }
}

async function lookThrough(page: Page, route: Route, at: string, host: string): Promise<void> {
  page.on('dialog', (dialog) => expect(dialog.message(), 'a dialog').toBe(''))
  await settled(page)
  await expectNothingRan(page, host)
  await expectNoSidewaysScroll(page)
  if (showing.includes(route.path)) {
    const shown = await page.evaluate((texts) => texts.filter((text) => document.body.textContent.includes(text)), visible.map((text) => text.slice(0, 40)))
    expect(shown.length, 'hostile texts that are to be seen').toBeGreaterThan(0)
  }
  if (route.drawer) {
    await bring.drawer(page)
    await expectNothingRan(page, host)
    await typeInto(page.getByRole('dialog').last())
    await leave(page, at)
  }
  await typeIntoDialogs(page, at, host)
  await typeInto(page.locator('body'))
  await expectNothingRan(page, host)
  await expectNoSidewaysScroll(page)
}

test('what the API is given it keeps, letter by letter', ({ kept }) => {
  for (const [where, { given, back }] of Object.entries(kept)) {
    expect(given.length, where).toBeGreaterThan(0)
    expect(given.filter((text) => !back.includes(text)), where).toEqual([])
  }
})

for (const route of present()) {
  test(`hostile texts run nowhere, kept or typed: ${route.path}`, async ({ as, bank, kept }) => {
    test.setTimeout(240_000)
    expect(Object.keys(kept)).not.toEqual([])
    const at = await addressOf(route, bank)
    const page = await as(route.kind, { at })
    await lookThrough(page, route, at, bank.url)
  })
}

test('a search that is read back from the address runs nowhere', async ({ as, bank, kept }) => {
  test.setTimeout(120_000)
  expect(Object.keys(kept)).not.toEqual([])
  const page = await as('hrAdmin')
  for (const text of hostile.slice(0, 12)) {
    await page.goto(`/staff?search=${encodeURIComponent(text)}`)
    await settled(page)
    await expectNothingRan(page, bank.url)
  }
})
