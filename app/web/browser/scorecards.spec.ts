import { expect, expectAccessible, expectNoSidewaysScroll, reading, settled, test } from './harness'

test('HR changes weights and a cap by keyboard, saves, sees who changes grade, and publishes', async ({ as, bank }) => {
  const page = await as('hrAdmin', { at: '/scorecards/rm-corporate?at=0.0' })
  await settled(page)
  const sum = page.locator('.weight-sum')
  await expect(sum).toContainText('100%')

  // The arrow keys move between the weights, and the sum follows.
  const weights = page.getByRole('navigation', { name: '维度与考核项' }).getByRole('textbox')
  const [first, second] = [await weights.nth(0).inputValue(), await weights.nth(1).inputValue()]
  await weights.nth(0).focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(String(Number(first) + 1))
  await expect(sum).toContainText('101%')
  await expect(sum).toContainText('应恰为 100%')
  await page.keyboard.press('ArrowDown')
  await expect(weights.nth(1)).toBeFocused()
  await page.keyboard.type(String(Number(second) - 1))
  await expect(sum).toContainText('恰为 100%')

  // Steps are taken back one place at a time.
  await page.keyboard.press('ControlOrMeta+Z')
  await expect(weights.nth(1)).toHaveValue(second)
  await page.keyboard.press('ControlOrMeta+Y')
  await expect(weights.nth(1)).toHaveValue(String(Number(second) - 1))

  // A value is tried: the server says the score in words.
  await page.getByLabel('上限', { exact: true }).fill('110')
  await page.getByLabel(/试一个值/).fill('113.04')
  await expect(page.locator('.curve-words')).toContainText('110.00')

  await page.getByRole('button', { name: '保存草稿' }).click()
  await expect(page.getByText(/已保存于/)).toBeVisible()

  const { published } = await bank.months()
  const tried = await as('hrAdmin', { at: `/scorecards/rm-corporate/simulation?period=${published[0]}` })
  await expect(tried.getByRole('heading', { name: '等级变动' })).toBeVisible()
  await expect(tried.getByRole('heading', { name: '总分变化最大的人' })).toBeVisible()
  await expectAccessible(tried)

  await page.getByRole('button', { name: '发布', exact: true }).click()
  const confirm = page.getByRole('dialog')
  await expect(confirm.getByRole('listitem').first()).toContainText('→')
  await confirm.getByRole('textbox').fill('rm-corporate')
  await confirm.getByRole('button', { name: '发布第 2 版' }).click()
  await expect(page.getByText('第 2 版 · 已发布')).toBeVisible()
})

test('what is wrong leads to its field, and unsaved changes are not lost', async ({ as }) => {
  const page = await as('hrAdmin', { at: '/scorecards/teller', language: 'en' })
  await settled(page)
  await page.getByRole('navigation', { name: 'Perspectives and items' }).getByRole('textbox').first().fill('x')
  await page.getByRole('button', { name: /not a decimal/ }).click()
  await expect(page.getByLabel('Weight', { exact: true })).toBeFocused()
  await page.getByRole('link', { name: 'All scorecards' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click()
  await expect(page).toHaveURL(/teller/)
  await page.getByRole('link', { name: 'All scorecards' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave without saving' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Scorecards' })).toBeVisible()
})

test('HR makes a metric and finds it among those that items draw on', async ({ as }) => {
  const page = await as('hrAdmin', { at: '/metric-library' })
  await settled(page)
  await page.getByRole('button', { name: '新建指标' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('代码').fill('branch_visits')
  await drawer.getByLabel('名称').fill('网点走访')
  await drawer.getByRole('button', { name: '保存指标' }).click()
  await expect(drawer.getByText('没有计分卡用到它。')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: '网点走访' })).toBeVisible()
})

reading('the designer works on a phone', async ({ as }) => {
  const page = await as('hrAdmin', { at: '/scorecards/rm-corporate?at=0.0', phone: true })
  await settled(page)
  await expect(page.locator('.curve svg')).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
