import { expect, expectNoSidewaysScroll, reading as test, settled } from './harness'
import { addressOf, present } from './harness/routes'

test('the first Tab leads to a link that skips to the content', async ({ as }) => {
  const page = await as('member', { language: 'en' })
  await settled(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})

test('the palette opens by keyboard, leads to a page, and gives the focus back', async ({ as }) => {
  const page = await as('hrAdmin', { language: 'en' })
  await settled(page)
  const help = page.getByRole('button', { name: 'Help' })
  await help.focus()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(help).toBeFocused()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search' }).fill('Runs')
  await expect(page.getByRole('option', { name: /Runs/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/runs/)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('a drawer takes the focus and gives it back', async ({ as, bank }) => {
  const page = await as('hrAdmin', { at: `/results?period=${(await bank.months()).published[0]}`, language: 'en' })
  await settled(page)
  const first = page.locator('main tbody tr:not([aria-hidden])').locator('a:visible, button:visible').first()
  await first.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(first).toBeFocused()
})

test('the account menu and, on a phone, the navigation close by Escape where they were opened', async ({ as }) => {
  const page = await as('member', { phone: true, language: 'en' })
  await settled(page)
  const account = page.getByRole('button', { name: /Account of/ })
  await account.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(account).toBeFocused()
  const menu = page.getByRole('button', { name: 'Open the navigation' })
  await menu.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation').getByRole('link').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('navigation')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Open the navigation' })).toBeFocused()
})

test('no page scrolls sideways at 320 px', async ({ as, bank }) => {
  test.setTimeout(300_000)
  for (const route of present()) {
    const page = await as(route.kind, { at: await addressOf(route, bank), width: 320, height: 640, phone: true, language: 'en' })
    await settled(page)
    await expectNoSidewaysScroll(page)
    await page.context().close()
  }
})
