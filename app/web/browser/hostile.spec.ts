import type { Page } from '@playwright/test'
import { type Bank, expect, settled, test } from './harness'
import { hostile } from './harness/hostile'
import { addressOf, present } from './harness/routes'

/** Fails when a text has run: it set the mark, opened a dialog, or led away. */
async function expectNothingRan(page: Page, host: string): Promise<void> {
  expect(await page.evaluate(() => (window as unknown as { hit?: unknown }).hit)).toBeUndefined()
  expect(new URL(page.url()).origin).toBe(host)
}

const printable = hostile.filter((text) => !text.includes('\u0000')) // no field of the API takes a control character

/** Texts that the API keeps: comments of reviews, names of views, reasons of grants. What it refuses need not be shown. */
async function store(bank: Bank): Promise<void> {
  const { open } = await bank.months()
  const manager = await bank.as('outletManager')
  const { data: grid } = await manager.GET('/periods/{period}/review-grid', { params: { path: { period: open }, query: { limit: 100 } } })
  const cells = (grid?.rows ?? []).flatMap((row) => row.items.map((item) => ({ row, item }))).slice(0, printable.length)
  const changes = cells.map(({ row, item }, i) => ({
    staff_no: row.staff_no, unit: row.unit, position: row.position, item, role: row.role, level: '', comment: [...(printable[i] ?? '')].slice(0, 500).join(''), version: 0,
  }))
  await manager.PUT('/periods/{period}/review-grid', { params: { path: { period: open } }, body: { cells: changes } })
  const officer = await bank.as('hrAdmin')
  for (const name of printable) {
    await officer.POST('/me/views', { params: { header: { 'Idempotency-Key': crypto.randomUUID() } }, body: { page: 'results', name: [...name].slice(0, 60).join(''), query: '' } }).catch(() => undefined)
  }
  const security = await bank.as('security')
  for (const reason of printable.slice(0, 10)) {
    await security.POST('/grants', {
      params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
      body: { username: bank.account('trainer').username, role: 'trainer', unit: 'B0103', from: '2027-01-01', reason },
    }).catch(() => undefined)
  }
}

test('forty hostile texts that are kept run nowhere', async ({ as, bank }) => {
  test.setTimeout(240_000)
  await store(bank)
  const { open, published } = await bank.months()
  const visits = [
    ['outletManager', `/team/reviews?period=${open}`], ['hrAdmin', `/results?period=${published[0]}`], ['security', '/grants'], ['auditor', '/audit'],
  ] as const
  for (const [kind, at] of visits) {
    const page = await as(kind, { at })
    page.on('dialog', (dialog) => expect(dialog.message(), 'a dialog').toBe(''))
    await settled(page)
    await expectNothingRan(page, bank.url)
  }
})

test('forty hostile texts in every text field run nowhere', async ({ as, bank }) => {
  test.setTimeout(600_000)
  for (const route of present()) {
    const page = await as(route.kind, { at: await addressOf(route, bank) })
    page.on('dialog', (dialog) => expect(dialog.message(), 'a dialog').toBe(''))
    await settled(page)
    const fields = page.locator('main').locator('input[type=text]:visible, input[type=search]:visible, input:not([type]):visible, textarea:visible')
    for (let i = 0; i < Math.min(await fields.count(), 5); i++) {
      const field = fields.nth(i)
      if (!(await field.isEditable().catch(() => false))) continue
      for (const text of hostile) await field.fill(text.replaceAll('\u0000', '')).catch(() => undefined)
      await field.press('Enter').catch(() => undefined)
    }
    await expectNothingRan(page, bank.url)
    await page.context().close()
  }
  // A search is read back from the address.
  const officer = await as('hrAdmin')
  for (const text of hostile.slice(0, 12)) {
    await officer.goto(`/staff?search=${encodeURIComponent(text)}`)
    await settled(officer)
    await expectNothingRan(officer, bank.url)
  }
})
