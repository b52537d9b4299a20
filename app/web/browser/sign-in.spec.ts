import { expect, expectAccessible, reading as test } from './harness'

test('whoever is not signed in is asked to, and then comes to where they were going', async ({ as, bank }) => {
  const page = await as(undefined, { at: '/me/settings', language: 'en' })
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  const { username, password } = bank.account('member')
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/me\/settings/)
})

test('a wrong password is said, and the field is ready for another', async ({ as, bank }) => {
  const page = await as(undefined, { at: '/sign-in' })
  await page.getByLabel('用户名').fill(bank.account('trainer').username)
  await page.getByLabel('密码').fill('not the password of anybody')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expectAccessible(page)
})

test('a demo account is one click away', async ({ as }) => {
  const page = await as(undefined, { at: '/sign-in', language: 'en' })
  await page.getByRole('button', { name: /team leader/ }).click()
  await expect(page).toHaveURL(/\/home/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
