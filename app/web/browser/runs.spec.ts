import { type Bank, expect, settled, test } from './harness'

/** The month under way, with everything let pass that stands before its calculation. */
async function readyToScore(bank: Bank): Promise<string> {
  const { open } = await bank.months()
  const hr = await bank.as('hrAdmin')
  const path = { period: open }
  for (const blocker of ['targets', 'actuals', 'surveys', 'reviews', 'unplaced', 'scorecard'] as const) {
    const { data } = await hr.GET('/periods/{period}', { params: { path } })
    if (data?.blockers.some((b) => b.blocker === blocker && b.waived === undefined)) {
      await hr.POST('/periods/{period}/waivers', { params: { path }, body: { blocker, reason: '考核委员会已同意' } })
    }
  }
  return open
}

test('a calculation goes on when its page is left, and is found again as far as it is', async ({ as, bank }) => {
  const open = await readyToScore(bank)
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

test('a server that is killed in the middle of a calculation goes on with it when it is started again', async ({ as, bank }) => {
  const open = await readyToScore(bank)
  const page = await as('hrAdmin', { at: `/periods/${open}` })
  await page.getByRole('button', { name: '结束收集，开始计分' }).click()
  const calculate = page.getByRole('button', { name: '计分', exact: true })
  await expect(calculate).toBeEnabled()
  // The power goes as soon as the calculation is in the queue.
  await page.route('**/runs', async (route) => {
    const answer = await route.fetch()
    await bank.kill()
    await route.fulfill({ response: answer })
  })
  await calculate.click()
  await expect(page).toHaveURL(/job=\d+/)
  await expect(page.getByRole('alert').filter({ hasText: '正在重试' })).toBeVisible()

  await bank.resume(true)
  await expect(page.getByRole('alert').filter({ hasText: '正在重试' })).toBeHidden()
  await expect(page.getByRole('region', { name: '计分' }).getByRole('status')).toContainText('已完成')
  const { data: runs } = await (await bank.as('hrAdmin')).GET('/periods/{period}/runs', { params: { path: { period: open } } })
  expect(runs?.items, 'what was begun and not ended counts for nothing').toHaveLength(1)
  await expect(page.getByRole('region', { name: '最近一次计分' })).toContainText(`第 ${runs?.items[0]?.number} 次`)
})
