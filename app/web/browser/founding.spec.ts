import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { Bank, expect as quick, expectAccessible, test as base } from './harness'
import { type Result, administrators, appoint, expectedResults, files, month, password, review } from './harness/founding'

/** Beside it dozens of passwords are set: the server is busy, and what it answers may take its time. */
const expect = quick.configure({ timeout: 60_000 })

/** A bank in which there is nothing but its head office. */
const test = base.extend({
  bank: async ({}, give) => {
    const bank = await Bank.start({ empty: true })
    await give(bank)
    await bank.close()
  },
})

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click()
  await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click()
}

/** Imports a file as HR does: chosen, checked, written. */
async function importFile(page: Page, kind: string, file: string): Promise<void> {
  await choose(page, '文件种类', kind)
  await expect(page.getByRole('region', { name: '文件种类' }).getByTitle(kind, { exact: true })).toBeVisible()
  await page.locator('input[type=file]').setInputFiles(join(files, file))
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await expect(page.getByText('没有错误，可以导入。')).toBeVisible()
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await expect(page.getByRole('region', { name: '导入结果' }).getByRole('link', { name: /查看批次/ })).toBeVisible()
  await page.getByRole('button', { name: '再导入一个文件' }).click()
}

/** A score as the page writes it: two decimals, always. */
function written(total: string | null): string {
  const [whole = '', fraction = ''] = (total ?? '').split('.')
  return total === null ? '—' : `${whole.replace('-', '−')}.${fraction.padEnd(2, '0')}`
}

async function toImports(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: '导入', exact: true }).click()
  await page.getByRole('main').getByRole('link', { name: '导入文件' }).first().click()
}

/** Lets everything pass that stands before the next stage, each sort with a reason, and goes on. */
async function goOn(page: Page, step: string): Promise<void> {
  const button = page.getByRole('button', { name: step })
  await expect(button).toBeVisible()
  const sorts = await page.getByRole('button', { name: /^豁免：/ }).count()
  for (let left = sorts; left > 0; left--) {
    await page.getByRole('button', { name: /^豁免：/ }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^原因/).fill('考核委员会已同意')
    await dialog.getByRole('button', { name: '豁免' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('button', { name: /^豁免：/ })).toHaveCount(left - 1)
  }
  await button.click()
}

test('HR brings an empty bank to a published October alone, and its results are what they must be', async ({ as, bank }) => {
  test.setTimeout(600_000)
  const made = await administrators(bank)
  const page = await as(undefined, { at: '/sign-in' })
  await page.getByLabel('用户名').fill('hr-office')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).not.toHaveURL(/sign-in/)

  await test.step('nothing is there, and each page says how to begin', async () => {
    await page.goto('/periods')
    await expect(page.getByText('还没有考核期')).toBeVisible()
    await expectAccessible(page)
  })
  await test.step('what the bank is made of comes from files', async () => {
    await toImports(page)
    await importFile(page, '机构', 'units.xlsx')
    await importFile(page, '指标', 'metrics.xlsx')
    await importFile(page, '计分卡（JSON）', 'scorecards.json')
    await importFile(page, '员工', 'staff.xlsx')
    await importFile(page, '任职', 'assignments.xlsx')
  })
  // Meanwhile the administrators appoint those who will review.
  const appointed = appoint(bank, made)
  await test.step('the month begins', async () => {
    await page.getByRole('navigation').getByRole('link', { name: '考核期', exact: true }).click()
    await page.getByRole('button', { name: /^开启/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('考核期').fill(month)
    await dialog.getByLabel('考核期').press('Enter')
    await dialog.getByLabel('任职满几天才计入').fill('5')
    await dialog.getByRole('button', { name: '开启 2026年10月' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('2026年10月 考核')
    await toImports(page)
    await importFile(page, '目标值和基期值', 'targets.xlsx')
    await page.goto(`/periods/${month}`)
    await goOn(page, '开始收集')
  })
  await appointed
  const reviewed = review(bank)
  await test.step('figures come in while managers and peers review', async () => {
    await toImports(page)
    await importFile(page, '实际值', 'actuals.xlsx')
    await importFile(page, '客户评价', 'surveys.xlsx')
    await importFile(page, '风险事件', 'events.csv')
    await importFile(page, '加分和扣分', 'adjustments.xlsx')
    await importFile(page, '一票否决', 'vetoes.xlsx')
  })
  await reviewed
  await test.step('the month is calculated and published', async () => {
    await page.goto(`/periods/${month}`)
    await goOn(page, '结束收集，开始计分')
    await page.getByRole('button', { name: '计分', exact: true }).click()
    await expect(page.getByRole('region', { name: '最近一次计分' })).toContainText('240 人')
    await goOn(page, '发布 2026年10月 结果')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('240 名员工')
    const publish = dialog.getByRole('button', { name: '发布 2026年10月 结果' })
    await dialog.getByLabel(/请输入/).fill('2026-09')
    await expect(publish).toBeDisabled()
    await dialog.getByLabel(/请输入/).fill(month)
    await publish.click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('list', { name: '阶段' }).locator('[aria-current=step]')).toContainText('已发布')
  })

  const must = expectedResults()
  const hr = bank.api(await bank.session({ username: 'hr-office', password }))
  const listed: Result[] = []
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const { data } = await hr.GET('/periods/{period}/results', { params: { path: { period: month }, query: { sort: 'staff_no', limit: 100, cursor } } })
    listed.push(...(data?.items ?? []))
    cursor = data?.next
  }
  expect(listed.map((r) => ({ id: r.staff_no, status: r.status, base: r.base, bonus: r.bonus, deduction: r.deduction, total: r.total, grade: r.grade, coefficient: r.coefficient, rank: r.rank, peers: r.peers })))
    .toEqual(must.map(({ id, status, base: points, bonus, deduction, total, grade, coefficient, rank, peers }) => ({ id, status, base: points, bonus, deduction, total, grade, coefficient, rank, peers })))

  await page.goto(`/results?period=${month}&sort=staff_no`)
  await expect(page.getByRole('status').filter({ hasText: '240' })).toBeVisible()
  await page.getByRole('button', { name: '加载更多' }).click()
  await expect(page.getByText('已显示 200 / 240')).toBeVisible()
  await page.getByRole('button', { name: '加载更多' }).click()
  await expect(page.getByText('共 240 条')).toBeVisible()
  const headings = await page.locator('thead th').allTextContents()
  const shown = await page.locator('tbody tr.ant-table-row').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)))
  const column = (heading: string) => headings.indexOf(heading)
  expect(shown.map((cells) => [cells[column('工号')], cells[column('总分')], cells[column('等级')]]))
    .toEqual(must.map((one) => [one.id, written(one.total), one.grade ?? '—']))
})
