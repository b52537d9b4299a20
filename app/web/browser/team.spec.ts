import { expect, expectAccessible, expectNoSidewaysScroll, reading as test, settled } from './harness'

test('a cell of the heat map explains its figure, a name opens the person, and the address says so', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('outletManager', { at: `/team?period=${published[0]}`, language: 'en' })
  await settled(page)
  await page.locator('.heat-cell button').first().click()
  const panel = page.getByRole('dialog')
  await expect(panel.getByText('The whole calculation')).toBeVisible()
  await expect(page).toHaveURL(/person=.*why=main\.|why=main\..*person=/)
  await panel.getByRole('button', { name: 'The whole scorecard' }).click()
  await expect(panel.getByRole('tab', { name: 'Trend' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
})

test('the arrow keys move within the heat map, which is one stop of the Tab key', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('outletManager', { at: `/team?period=${published[0]}`, language: 'en' })
  await settled(page)
  const map = page.locator('.heat-map').first()
  await expect(map.locator('tbody [tabindex="0"]')).toHaveCount(1)
  await map.locator('tbody [tabindex="0"]').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(map.locator('[data-at="1-1"]')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('the team is sorted by what the address says', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('branchManager', { at: `/team?period=${published[0]}`, language: 'en' })
  await settled(page)
  await page.locator('.heat-map').first().getByRole('button', { name: 'Sort by Total' }).click()
  await expect(page).toHaveURL(/sort=-total/)
  await settled(page)
  const totals = (await page.locator('.heat-map').first().locator('.heat-total').allTextContents()).map((text) => parseFloat(text))
  expect(totals).toEqual([...totals].sort((a, b) => b - a))
})

test('the team fits on a phone: what is wide scrolls within itself', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('outletManager', { at: `/team?period=${published[0]}`, phone: true })
  await settled(page)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test('a month without results leads to the latest that has some', async ({ as, bank }) => {
  const { open } = await bank.months()
  const page = await as('outletManager', { at: `/team?period=${open}`, language: 'en' })
  await page.getByRole('link', { name: /^Open / }).click()
  await expect(page.locator('.heat-map').first()).toBeVisible()
})

test('documents on paper carry the run and the rules, and their headings repeat', async ({ as, bank }) => {
  const { published } = await bank.months()
  const period = published[0] ?? ''
  const member = bank.account('member').username
  for (const at of [`/print/scorecard/${period}/${member}`, `/print/interview/${period}/${member}`, `/print/team/${period}`]) {
    const page = await as('outletManager', { at, theme: 'dark', language: 'en' })
    await settled(page)
    await expect(page.locator('.print-foot')).toContainText(/Run \d+ · rules/)
    await expectAccessible(page)
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
    const heads = await page.locator('.print-table thead').evaluateAll((all) => all.map((head) => getComputedStyle(head).display))
    expect(new Set(heads)).toEqual(new Set(['table-header-group']))
    await page.close()
  }
})
