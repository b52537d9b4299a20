import { expect, settled, test } from './harness'

test('a calculation goes on when its page is left, and is found again as far as it is', async ({ as, bank }) => {
  const { open } = await bank.months()
  const hr = await bank.as('hrAdmin')
  const path = { period: open }
  for (const blocker of ['targets', 'actuals', 'surveys', 'reviews', 'unplaced', 'scorecard'] as const) {
    const { data } = await hr.GET('/periods/{period}', { params: { path } })
    if (data?.blockers.some((b) => b.blocker === blocker && b.waived === undefined)) {
      await hr.POST('/periods/{period}/waivers', { params: { path }, body: { blocker, reason: '考核委员会已同意' } })
    }
  }
  const page = await as('hrAdmin', { at: `/periods/${open}` })
  await page.getByRole('button', { name: '结束收集，开始计分' }).click()
  await page.getByRole('button', { name: '计分', exact: true }).click()
  await expect(page).toHaveURL(/job=\d+/)
  const address = page.url()
  await page.getByRole('navigation').getByRole('link', { name: '考核期', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '考核期' })).toBeVisible()

  await page.goto(address)
  await settled(page)
  await expect(page.getByRole('region', { name: '计分' }).getByRole('status')).toContainText('已完成', { timeout: 30_000 })
  await expect(page.getByRole('region', { name: '最近一次计分' })).toContainText('第 1 次')
  await page.getByRole('region', { name: '最近一次计分' }).getByRole('link', { name: '查看结果' }).click()
  await expect(page).toHaveURL(/run=1/)
  await expect(page.getByText('未发布，仅供核对')).toBeVisible()
})
