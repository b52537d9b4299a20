import { expect, expectAccessible, settled, test } from './harness'

test.use({ look: { language: 'en' } })

test('how the pages look is kept with the account and comes along to another browser', async ({ as }) => {
  const page = await as('member', { at: '/me/settings' })
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/me/preferences') && answer.request().method() === 'PUT')
  await page.getByText('Dense', { exact: true }).click()
  await page.getByRole('switch', { name: /Tab goes to the next cell/ }).click()
  await kept
  await expectAccessible(page)
  const elsewhere = await as('member', { at: '/me/settings', language: 'zh', ownSession: true })
  await settled(elsewhere)
  await expect(elsewhere.getByRole('radio', { name: 'Dense' })).toBeChecked()
  await expect(elsewhere.getByRole('switch')).toBeChecked()
})
