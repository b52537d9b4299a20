import type { Page } from '@playwright/test'
import { expect, expectAccessible, settled, test } from './harness'

test.use({ look: { language: 'en' } })

async function pick(page: Page, field: string, typed: string, option: RegExp): Promise<void> {
  const box = page.getByRole('dialog').getByRole('combobox', { name: field })
  await box.click()
  await box.fill(typed)
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first().click()
}

test('a user is made, given a role and loses it again, and each is on the trail', async ({ as, bank }) => {
  const system = await as('system', { at: '/users' })
  await system.getByRole('button', { name: 'New user' }).click()
  await system.getByRole('dialog').getByLabel('Username').fill('newcomer')
  await system.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  const secret = system.getByRole('dialog', { name: 'One-time secret' })
  await expect(secret.locator('.secret').first()).toHaveText(/\S{16,}/)
  await expectAccessible(system)
  const shown = (await secret.locator('.secret').first().textContent()) ?? ''
  await system.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(secret).toBeHidden()
  await system.reload()
  await settled(system)
  expect(await system.content()).not.toContain(shown.trim())

  const security = await as('security', { at: '/grants' })
  await security.getByRole('button', { name: 'Grant a role' }).click()
  await pick(security, 'User', 'newcomer', /newcomer/)
  await pick(security, 'Role', 'auditor', /auditor/)
  await security.getByRole('dialog').getByRole('combobox', { name: 'Unit' }).click()
  await security.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  await security.getByRole('dialog').getByLabel('Reason').fill('Appointed by the board')
  await security.getByRole('dialog').getByRole('button', { name: 'Grant a role' }).click()
  await expect(security.getByRole('dialog')).toBeHidden()
  await security.goto('/grants?user=newcomer')
  await security.getByRole('button', { name: /^Revoke/ }).click()
  const dialog = security.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(dialog.getByText('Say why, in 8 characters or more')).toBeVisible()
  await dialog.getByLabel(/^Reason/).fill('Left the audit department')
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(dialog).toBeHidden()

  const auditor = await as('auditor', { at: '/audit?key=newcomer' })
  await expect(auditor.getByRole('cell', { name: 'Create a user user.create' })).toBeVisible()
  await auditor.goto('/audit?action=grant.revoke')
  await auditor.getByRole('row').nth(1).getByRole('link').click()
  const record = auditor.getByRole('dialog')
  await expect(record).toContainText('newcomer')
  await expect(record.getByRole('columnheader', { name: 'Before' })).toBeVisible()
  expect(bank.log()).not.toContain(shown.trim())
})

test('a power changes its owner, who may do it changes with that, and the trail says from what to what', async ({ as }) => {
  const security = await as('security', { at: '/responsibilities' })
  const row = security.getByRole('row').filter({ hasText: 'review.write' })
  await row.getByRole('button', { name: /^Change the owner/ }).click()
  const dialog = security.getByRole('dialog')
  await dialog.getByRole('combobox').click()
  await security.locator('.ant-select-dropdown:visible').getByTitle('Head office', { exact: true }).click()
  await dialog.getByLabel(/^Reason/).fill('Decided by the committee')
  await dialog.getByRole('button', { name: 'Change the owner' }).click()
  await expect(dialog).toBeHidden()
  await expect(row).toContainText('Head office')

  await row.getByRole('link', { name: /^Who can/ }).click()
  await expect(security.getByRole('region', { name: 'May somebody do something?' }).locator('ol > li').first()).toBeVisible()
  await expectAccessible(security)

  const auditor = await as('auditor', { at: '/audit?action=responsibility' })
  await auditor.getByRole('row').nth(1).getByRole('link').click()
  const changed = auditor.getByRole('dialog').getByRole('row').filter({ hasText: 'owner' })
  await expect(changed).toContainText('head_office')
  await expect(changed).toContainText('branch')
})
