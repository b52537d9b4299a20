import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, reading as test, settled } from './harness'
import { workbookRows } from './harness/workbook'

/** The table as it stands on the screen: its headings, and its rows cell by cell. */
async function table(page: Page): Promise<{ headings: string[]; rows: string[][] }> {
  const headings = await page.locator('main thead th').allTextContents()
  const rows = await page.locator('main tbody tr.ant-table-row').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent.trim())))
  return { headings: headings.map((heading) => heading.trim()), rows }
}

test('the export of a view has its columns, its rows and their order', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('hrAdmin', { at: `/results?period=${published[0]}&grade=B&sort=-total&columns=name,staff_no,unit_name,total,grade` })
  await settled(page)
  const screen = await table(page)
  expect(screen.headings).toEqual(['姓名', '工号', '机构', '总分', '等级'])
  expect(screen.rows.length).toBeGreaterThan(5)
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(`${screen.rows.length} 行`)
  await dialog.getByRole('button', { name: '生成 Excel 文件' }).click()
  const arriving = page.waitForEvent('download')
  await dialog.getByRole('link', { name: /^下载/ }).click({ timeout: 30_000 })
  const written = workbookRows(readFileSync(await (await arriving).path()))
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
  await settled(first)
  const seen = await table(first)
  const second = await as('hrOfficer', { at: first.url() })
  await settled(second)
  await expect(second.locator('main tbody tr.ant-table-row')).toHaveCount(seen.rows.length)
  expect(await table(second)).toEqual(seen)

  const third = await as('system', { at: first.url() })
  await expect(third.getByText(/无权|没有权限/).first()).toBeVisible()
})
