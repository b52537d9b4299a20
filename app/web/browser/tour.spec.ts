import type { Page } from '@playwright/test'
import { type Kind, expect, expectAccessible, expectNoSidewaysScroll, reading, settled, test } from './harness'

test('the tour opens once for each person, goes by keyboard, and is seen again from the help', async ({ as, bank }) => {
  const page = await as('member', { at: '/icon.svg' })
  await page.evaluate(() => localStorage.setItem('steelyard.tour', 'first'))
  await page.goto('/home')
  const tour = page.getByRole('dialog', { name: '导览' })
  await expect(tour).toContainText('第 1 步，共 4 步')
  await expect(tour.getByRole('button', { name: '下一步' })).toBeFocused()
  await settled(page)
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(tour).toContainText('第 2 步，共 4 步')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(tour).toContainText('第 1 步，共 4 步')
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/me/preferences') && answer.request().method() === 'PUT')
  await tour.getByRole('button', { name: '跳过' }).focus()
  await page.keyboard.press('Enter')
  await expect(tour).toBeHidden()
  await kept
  expect((await (await bank.as('member')).GET('/me/preferences')).data).toMatchObject({ tour_seen: true })

  const known = page.waitForResponse((answer) => answer.url().endsWith('/me/preferences'))
  await page.reload()
  await known
  await settled(page)
  await expect(tour).toBeHidden()

  await page.goto('/help')
  await page.getByRole('link', { name: '再看一遍导览' }).press('Enter')
  await expect(tour).toContainText('第 1 步，共 4 步')
  for (const n of [2, 3, 4]) {
    await page.keyboard.press('Enter')
    await expect(tour).toContainText(`第 ${n} 步，共 4 步`)
  }
  await page.keyboard.press('Enter')
  await expect(tour).toBeHidden()
  await expect(page).not.toHaveURL(/tour/)
})

/** Whether the ring is around something. */
async function ringed(page: Page, place: string): Promise<boolean> {
  const [ring, box] = [await page.locator('.tour-ring').boundingBox(), await page.locator(place).boundingBox()]
  return ring !== null && box !== null && Math.abs(ring.x - box.x) < 12 && Math.abs(ring.y - box.y) < 12
}

const looks = [
  ['hrAdmin', { theme: 'dark' }], ['outletManager', { phone: true }], ['member', { theme: 'dark', phone: true }], ['auditor', {}], ['security', {}], ['system', { phone: true }],
] as const satisfies readonly (readonly [Kind, object])[]

for (const [kind, look] of looks) {
  reading(`each step of the tour of ${kind} shows what it speaks of`, async ({ as }) => {
    const page = await as(kind, { ...look, language: 'en', at: '/home?tour=again' })
    const tour = page.getByRole('dialog', { name: 'Tour' })
    await settled(page)
    for (const n of [1, 2, 3, 4]) {
      await expect(tour).toContainText(`Step ${n} of 4`)
      await expect(page.locator('.tour-ring')).toBeInViewport()
      if (n === 2) await expect.poll(() => ringed(page, 'phone' in look ? '.shell-menu' : '#navigation nav')).toBe(true)
      await expectAccessible(page)
      if (n < 4) await tour.getByRole('button', { name: 'Next' }).click()
    }
    await expectNoSidewaysScroll(page)
    await page.keyboard.press('Escape')
    await expect(tour).toBeHidden()
  })
}
