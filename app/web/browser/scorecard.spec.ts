import type { Locator } from '@playwright/test'
import { type As, expect, expectAccessible, expectNoSidewaysScroll, reading as test, settled } from './harness'
import { workbookRows } from './harness/workbook'

const cents = (text: string | null | undefined): number => Math.round(Number((text ?? '').replace('−', '-').replace(/[^\d.-]/g, '')) * 100)

test('the bars of the waterfall, the rows of the table and the total are the ones of the API, to the cent', async ({ as, bank }) => {
  const { published } = await bank.months()
  const period = published[0] ?? ''
  const { username } = bank.account('member')
  const { data } = await (await bank.as('member')).GET('/periods/{period}/results/{staff_no}', { params: { path: { period, staff_no: username } } })
  const total = String(data?.result.total)
  for (const language of ['zh', 'en'] as const) {
    const page = await as('member', { at: `/me/scorecard?period=${period}&data=why`, language })
    await settled(page)
    const table = page.getByRole('table', { name: language === 'zh' ? '总分怎么来的' : 'Why this total' })
    const points = await table.locator('tbody tr:not(.sum) td:nth-child(2)').allTextContents()
    expect(points.reduce((sum, text) => sum + cents(text), 0)).toBe(cents(total))
    await expect(table.getByRole('row').last()).toContainText(total)
    await expect(page.locator('.result-figure')).toHaveText(total)
    const items = await page.locator('table.items td.strong').allTextContents()
    const steps = (data?.steps ?? []).reduce((sum, step) => sum + cents(step.points), 0)
    expect(items.reduce((sum, text) => sum + cents(text), 0) + steps).toBe(cents(total))
  }
})

test('the workbook of the month has the total that the page shows', async ({ as, bank }) => {
  test.slow()
  const { published: [period = ''] } = await bank.months()
  const { username } = bank.account('member')
  const page = await as('member', { at: `/me/scorecard?period=${period}` })
  const shown = (await page.locator('.result-figure').textContent()) ?? ''
  const api = await bank.as('hrAdmin')
  const asked = await api.POST('/periods/{period}/exports', { params: { path: { period }, header: { 'Idempotency-Key': crypto.randomUUID() } }, body: {} })
  const id = asked.data?.id ?? 0
  await expect.poll(async () => (await api.GET('/jobs/{id}', { params: { path: { id } } })).data?.state, { timeout: 90_000 }).toBe('done')
  const { data } = await api.GET('/jobs/{id}/file', { params: { path: { id } }, parseAs: 'arrayBuffer' })
  const file = Buffer.from(data as unknown as ArrayBuffer)
  const rows = [1, 2, 3, 4, 5, 6].flatMap((sheet) => workbookRows(file, sheet)).filter((row) => row.includes(username))
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.some((row) => row.some((cell) => cell !== '' && Math.abs(Number(cell) - Number(shown)) < 0.000_001))).toBe(true)
})

/** A phone at home, and the taps that were needed since. */
async function phoneAtHome(as: As) {
  const page = await as('member', { at: '/home', phone: true })
  await settled(page)
  let taps = 0
  const tap = async (what: Locator) => {
    taps += 1
    await what.tap()
  }
  return { page, tap, taps: () => taps }
}

test('on a phone the score, its grade and its change are there at once, and why is one tap away', async ({ as, bank }) => {
  const { data } = await (await bank.as('member')).GET('/staff/{staff_no}/results', { params: { path: { staff_no: bank.account('member').username }, query: { limit: 2 } } })
  const [latest, earlier] = data?.items ?? []
  expect(cents(latest?.change)).toBe(cents(latest?.result.total) - cents(earlier?.result.total))
  const { page, tap, taps } = await phoneAtHome(as)
  const main = page.getByRole('main')
  await expect(main.locator('.home-score')).toContainText(latest?.result.total ?? '?')
  await expect(main.locator('.home-score')).toContainText(latest?.result.grade ?? '?')
  await expect(main.getByText(/^[▲▼] 较上月 [+−]\d|^与上月持平/)).toContainText(latest?.change?.replace(/^-/, '') ?? '?')
  expect(taps()).toBe(0)
  await tap(main.getByRole('link', { name: /查看计算过程/ }))
  const why = page.getByRole('dialog')
  await expect(why.getByText('全部计算过程')).toBeVisible()
  await expect(why.getByRole('table')).toContainText(latest?.result.total ?? '?')
  await expect(page).toHaveURL(/why=/)
  expect(taps()).toBe(1)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test('on a phone an item that cost points is explained one tap from home', async ({ as }) => {
  const { page, tap, taps } = await phoneAtHome(as)
  await tap(page.getByRole('main').locator('.home-list').first().getByRole('link').first())
  const why = page.getByRole('dialog')
  await expect(why.locator('.why-line')).toContainText('权重')
  expect(taps()).toBe(1)
  await page.keyboard.press('Escape')
  await expect(why).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1, name: '我的计分卡' })).toBeVisible()
  await expect(page.locator('.result-figure')).toBeVisible()
  await expectNoSidewaysScroll(page)
})

test('on a phone what would raise the score is one tap from home', async ({ as }) => {
  const { page, tap, taps } = await phoneAtHome(as)
  await tap(page.getByRole('main').getByRole('link', { name: '怎样提高' }))
  const gaps = page.getByRole('table').filter({ hasText: '可补' }).first()
  await expect(gaps).toBeVisible()
  const lost = (await gaps.locator('tbody td:last-child').allTextContents()).map(cents)
  expect(lost.length).toBeGreaterThan(0)
  expect(lost).toEqual([...lost].sort((a, b) => b - a))
  expect(taps()).toBe(1)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test('the link to an explanation opens it for whoever may see it, and closing leads back', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('member', { at: `/me/scorecard?period=${published[0]}&why=total`, language: 'en' })
  await expect(page.getByRole('dialog').getByText('The whole calculation')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page).not.toHaveURL(/why=/)
})

test('each bar can be reached and opened with the keyboard', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('member', { at: `/me/scorecard?period=${published[0]}`, language: 'en' })
  await settled(page)
  const bar = page.locator('.chart-hit').nth(1)
  await bar.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByText('The whole calculation')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(bar).toBeFocused()
})

test('a month that is not published says so, and shows the latest that is', async ({ as, bank }) => {
  const { open } = await bank.months()
  const page = await as('member', { at: `/me/scorecard?period=${open}`, language: 'en' })
  await expect(page.getByText(/is not published yet/)).toBeVisible()
  await expect(page.locator('.result-figure')).toBeVisible()
})

test('other figures are tried, and count for nothing', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('member', { at: `/me/scorecard/what-if?period=${published[0]}`, language: 'en' })
  await settled(page)
  await expect(page.getByText('A trial: it counts for nothing')).toBeVisible()
  const totals = page.locator('.trial-totals dd')
  const before = await totals.first().textContent()
  const field = page.locator('.trial-input input').nth(1)
  await field.fill('99000000')
  await expect(totals.nth(1)).not.toHaveText(before ?? '')
  await expect(page).toHaveURL(/try\./)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'All as it was' }).click()
  await expect(totals.nth(1)).toHaveText(before ?? '')
})

test('the history shows every published month, and leads to each', async ({ as }) => {
  const page = await as('member', { at: '/me/history', language: 'en' })
  await settled(page)
  await expectAccessible(page)
  await page.getByRole('link', { name: /Open the scorecard of/ }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'My scorecard' })).toBeVisible()
})
