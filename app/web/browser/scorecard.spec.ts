import { expect, expectAccessible, expectNoSidewaysScroll, reading as test, settled } from './harness'
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

test('on a phone it is two taps from home to why a figure is what it is', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('member', { at: '/home', phone: true })
  await settled(page)
  await page.getByRole('main').getByRole('link', { name: /计分卡/ }).first().tap()
  await expect(page.getByRole('heading', { level: 1, name: '我的计分卡' })).toBeVisible()
  await expect(page.locator('.result-figure')).toBeVisible()
  await page.getByRole('button', { name: /可补/ }).first().tap()
  const why = page.getByRole('dialog')
  await expect(why.getByText('全部计算过程')).toBeVisible()
  await expect(why.locator('.why-line')).toContainText('权重')
  await expect(page).toHaveURL(/why=/)
  expect(published.length).toBeGreaterThan(0)
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
