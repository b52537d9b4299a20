import type { Page } from '@playwright/test'
import { type Bank, expect, expectAccessible, test } from './harness'
import { stayers } from './harness/staff'

/** As many as a bank of this size has in a month. */
const count = 5000
const wrong = 37

interface Actual { staff_no: string; unit: string; metric: string }

/** What a file of actuals could be about: everybody who stays at one place, by every metric. */
async function actuals(bank: Bank): Promise<Actual[]> {
  const hr = await bank.as('hrAdmin')
  const staff = await stayers(bank)
  const metrics = await hr.GET('/metrics', { params: { query: { limit: 200 } } })
  return (metrics.data?.items ?? []).flatMap(({ code: metric }) => staff.map((member) => ({ ...member, metric })))
}

/** The file: rows that are wrong have a word where a figure belongs. */
function fileOf(period: string, rows: readonly Actual[], isWrong: (row: number) => boolean): { name: string; mimeType: string; buffer: Buffer } {
  const lines = rows.map((row, i) => [period, row.staff_no, row.metric, isWrong(i) ? '约一百' : `${100 + (i % 900)}.25`, row.unit].join(','))
  return { name: 'actuals.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF考核期,工号,指标代码,实际值,机构代码\n${lines.join('\n')}\n`) }
}

async function check(page: Page, file: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: '检查', exact: true }).click()
}

test('a file with errors lists every one with its place, goes in when it is mended, and is undone', async ({ as, bank }) => {
  const { open } = await bank.months()
  const rows = (await actuals(bank)).slice(0, count)
  const faulty = new Set(Array.from({ length: wrong }, (_, i) => Math.floor((i * rows.length) / wrong)))
  const page = await as('hrAdmin', { at: '/imports/new?kind=actuals' })
  await check(page, fileOf(open, rows, (row) => faulty.has(row)))
  await expect(page.getByRole('heading', { name: `${wrong} 处错误` })).toBeVisible({ timeout: 30_000 })
  const listed = page.getByRole('region', { name: `${wrong} 处错误` }).getByRole('row')
  await expect(listed).toHaveCount(1 + wrong)
  const cells = await listed.evaluateAll((lines) => lines.slice(1).map((line) => [...line.children].map((cell) => cell.textContent)))
  expect(cells.map((line) => Number(line[1]))).toEqual([...faulty].map((row) => row + 2))
  for (const line of cells) {
    expect(line[2]).toBe('实际值')
    expect(line[3]).toBe('约一百')
    expect(line[4]).not.toBe('')
  }
  await expect(page.getByRole('button', { name: '导入', exact: true })).toBeHidden()
  await expectAccessible(page)

  await check(page, fileOf(open, rows, () => false))
  await expect(page.getByText('没有错误，可以导入。')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByRole('link', { name: /查看批次/ }).click({ timeout: 30_000 })
  await page.getByRole('button', { name: '撤销批次' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销批次' }).click()
  await expect(page.getByText(/已由批次 \d+ 撤销/)).toBeVisible()
  await expect(page.getByRole('button', { name: '撤销批次' })).toBeHidden()
})
