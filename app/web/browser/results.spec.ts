import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { type Bank, expect, reading as test, settled } from './harness'
import { listSheet, workbookRows } from './harness/workbook'

/** The table as it stands on the screen: its headings, and its rows cell by cell. */
async function table(page: Page): Promise<{ headings: string[]; rows: string[][] }> {
  const headings = await page.locator('main thead th').allTextContents()
  const rows = await page.locator('main tbody tr.ant-table-row').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent.trim())))
  return { headings: headings.map((heading) => heading.trim()), rows }
}

/** Exports the list as it stands, and reads the workbook. */
async function exported(page: Page, rows?: number): Promise<string[][]> {
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const dialog = page.getByRole('dialog')
  if (rows !== undefined) await expect(dialog).toContainText(`${rows} 行`)
  await dialog.getByRole('button', { name: '生成 Excel 文件' }).click()
  const arriving = page.waitForEvent('download')
  await dialog.getByRole('link', { name: /^下载/ }).click({ timeout: 60_000 })
  return workbookRows(readFileSync(await (await arriving).path()), listSheet)
}

test('the export of a view has its columns, its rows and their order', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('hrAdmin', { at: `/results?period=${published[0]}&grade=B&sort=-total&columns=name,staff_no,unit_name,total,grade` })
  await settled(page)
  const screen = await table(page)
  expect(screen.headings).toEqual(['姓名', '工号', '机构', '总分', '等级'])
  expect(screen.rows.length).toBeGreaterThan(5)
  const written = await exported(page, screen.rows.length)
  const head = written.findIndex((row) => row.includes('工号') || row.includes('staff_no'))
  expect(written[head]).toEqual(screen.headings)
  const body = written.slice(head + 1).filter((row) => row.length === screen.headings.length)
  expect(body.map(([name, no, unit, total, grade]) => [name, no, unit, Number(total).toFixed(2), grade])).toEqual(screen.rows)
})

test('an address with filters shows its next reader the same, or says that they may not see it', async ({ as, bank }) => {
  const { published } = await bank.months()
  const first = await as('hrAdmin', { at: `/results?period=${published[0]}` })
  await settled(first)
  await first.getByRole('combobox', { name: '等级' }).click()
  await first.locator('.ant-select-dropdown:visible').getByTitle('A', { exact: true }).click()
  await first.getByRole('columnheader', { name: '总分' }).click()
  await expect(first).toHaveURL(/grade=A.*sort=total|sort=total.*grade=A/)
  await expect(first.locator('main th[aria-sort=ascending]')).toHaveText('总分')
  const seen = await table(first)
  const second = await as('hrOfficer', { at: first.url() })
  await settled(second)
  await expect(second.locator('main tbody tr.ant-table-row')).toHaveCount(seen.rows.length)
  expect(await table(second)).toEqual(seen)

  const third = await as('system', { at: first.url() })
  await expect(third.getByText(/无权|没有权限/).first()).toBeVisible()
})

const lists = [
  { list: 'staff', at: async () => '/staff?search=zhang&sort=-name', keys: ['工号', '姓名'] },
  { list: 'assignments', at: async (bank: Bank) => `/assignments?period=${(await bank.months()).published[0]}&search=zhang`, keys: ['工号', '姓名'] },
  { list: 'imports', at: async () => '/imports?kind=actuals', keys: ['文件', '新增'] },
]
for (const { list, at, keys } of lists) {
  test(`the export of ${list} has the rows of the view in their order`, async ({ as, bank }) => {
    const page = await as('hrAdmin', { at: await at(bank) })
    await settled(page)
    const screen = await table(page)
    expect(screen.rows.length).toBeGreaterThan(2)
    await expect(page.getByRole('button', { name: '加载更多' })).toBeHidden()
    const written = await exported(page)
    const head = written.findIndex((row) => keys.every((key) => row.includes(key)))
    const of = (headings: string[], rows: string[][]) => rows.map((row) => keys.map((key) => (row[headings.indexOf(key)] ?? '').replaceAll(',', '')))
    expect(of(written[head] ?? [], written.slice(head + 1).filter((row) => row.length > 1))).toEqual(of(screen.headings, screen.rows))
  })
}

test('the export of targets has the rows of the grid in their order, figure by figure', async ({ as, bank }) => {
  const { open } = await bank.months()
  const page = await as('hrAdmin', { at: `/targets?period=${open}&search=zhang` })
  await settled(page)
  const { data } = await (await bank.as('hrAdmin')).GET('/periods/{period}/targets', { params: { path: { period: open }, query: { search: 'zhang', limit: 200 } } })
  const rows = data?.items ?? []
  expect(rows.length).toBeGreaterThan(2)
  await expect(page.locator('[data-cell="0:1"]')).toContainText(rows[0]?.staff_no ?? '')
  const written = await exported(page, rows.length)
  const head = written.findIndex((row) => row.includes('工号') && row.includes('指标'))
  const at = ['工号', '指标', '目标'].map((heading) => written[head]?.indexOf(heading) ?? -1)
  const cell = (row: string[], i: number) => row[at[i] ?? -1] ?? ''
  expect(written.slice(head + 1).filter((row) => row.length > 1).map((row) => [cell(row, 0), cell(row, 1), cell(row, 2) && Number(cell(row, 2))]))
    .toEqual(rows.map((row) => [row.staff_no, row.metric_name, row.target ? Number(row.target) : '']))
})

test('a result says what changed since the month before, and the list what its totals are in the mean', async ({ as, bank }) => {
  const { published: [latest = '', before = ''] } = await bank.months()
  const hr = await bank.as('hrAdmin')
  const totals = async (period: string) => {
    const { data } = await hr.GET('/periods/{period}/results', { params: { path: { period }, query: { grade: 'B', limit: 200 } } })
    return data
  }
  const all = async (period: string) => {
    const found = new Map<string, number>()
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const { data } = await hr.GET('/periods/{period}/results', { params: { path: { period }, query: { limit: 200, cursor } } })
      for (const row of data?.items ?? []) if (row.total !== null) found.set(row.staff_no, Math.round(Number(row.total) * 100))
      cursor = data?.next
    }
    return found
  }
  const [shown, was] = [await totals(latest), await all(before)]
  const rows = shown?.items ?? []
  expect(rows.length).toBeGreaterThan(5)
  for (const row of rows) {
    const change = was.has(row.staff_no) ? Math.round(Number(row.total) * 100) - (was.get(row.staff_no) ?? 0) : undefined
    expect(row.change === undefined ? undefined : Math.round(Number(row.change) * 100), row.staff_no).toBe(change)
  }
  const mean = rows.reduce((sum, row) => sum + Math.round(Number(row.total) * 100), 0) / rows.length
  expect(Math.abs(Number(shown?.mean) * 100 - mean)).toBeLessThanOrEqual(0.5)
  const page = await as('hrAdmin', { at: `/results?period=${latest}&grade=B` })
  await settled(page)
  await expect(page.locator('tfoot')).toContainText(`${rows.length} 人有总分`)
  await expect(page.locator('tfoot')).toContainText(Number(shown?.mean).toFixed(2))
})
