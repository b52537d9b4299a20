import type { Page } from '@playwright/test'
import { Bank, expect, expectAccessible, settled, test } from './harness'
import { administrators, password } from './harness/founding'

const unreachable = (page: Page) => page.getByRole('alert').filter({ hasText: 'trying again' })

test.use({ look: { language: 'en' } })

test('a page says that the server is away, and goes on by itself when it is back', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('hrAdmin', { at: `/results?period=${published[0]}` })
  await settled(page)
  const rows = page.locator('main tbody tr.ant-table-row')
  const first = await rows.first().textContent()
  await bank.stop()
  await page.getByRole('columnheader', { name: 'Total' }).click()
  await expect(unreachable(page)).toBeVisible()
  await expectAccessible(page)
  await bank.resume()
  await expect(unreachable(page)).toBeHidden()
  await expect(page).toHaveURL(/sort=total/)
  await expect(rows.first()).toBeVisible()
  await expect(rows.first()).not.toHaveText(first ?? '')
})

test('a session that ends while a form is filled in is renewed over the page, and the form is saved', async ({ as, bank }) => {
  const page = await as('hrAdmin', { at: '/metric-library?metric=new:', ownSession: true })
  const form = page.getByRole('dialog', { name: 'New metric' })
  await form.getByLabel('Code').fill('branch_visits')
  await form.getByLabel('Name').fill('Visits to branches')
  await page.context().clearCookies()
  await form.getByRole('button', { name: 'Save the metric' }).click()
  const again = page.getByRole('dialog', { name: 'Your session has ended' })
  await expect(again).toBeVisible()
  await expect(page.locator('.ant-drawer').getByLabel('Name')).toHaveValue('Visits to branches')
  await expectAccessible(page)
  await again.getByLabel('Password').fill(bank.account('hrAdmin').password)
  await again.getByRole('button', { name: 'Sign in' }).click()
  await expect(again).toBeHidden()
  await expect(page.getByText('The metric branch_visits is saved')).toBeVisible()
  const { data } = await (await bank.as('auditor')).GET('/metrics/{metric}', { params: { path: { metric: 'branch_visits' } } })
  expect(data?.name).toBe('Visits to branches')
})

test('a grant that is revoked meanwhile: what is refused is said, nothing typed is lost, and there is a way back', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('hrAdmin', { at: '/metric-library?metric=new:' })
  const form = page.getByRole('dialog', { name: 'New metric' })
  await form.getByLabel('Code').fill('branch_visits')
  await form.getByLabel('Name').fill('Visits to branches')
  const security = await bank.as('security')
  const { data } = await security.GET('/grants', { params: { query: { limit: 200 } } })
  for (const { id, version } of data?.items.filter((grant) => grant.username === bank.account('hrAdmin').username && grant.role === 'hr_admin') ?? []) {
    await security.POST('/grants/{id}/revoke', { params: { path: { id } }, body: { version, reason: 'moved to another department' } })
  }
  await form.getByRole('button', { name: 'Save the metric' }).click()
  await expect(form.getByRole('alert')).toBeVisible()
  await expect(form.getByLabel('Code')).toHaveValue('branch_visits')
  await expect(form.getByLabel('Name')).toHaveValue('Visits to branches')

  await page.goto(`/runs?period=${published[0]}`)
  await expect(page.getByText('You may not see this')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Back to home' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Runs' })).toBeHidden()
})

test('a month that another has published meanwhile: the dialog says so, and the page shows where the month is', async ({ as, bank }) => {
  const { open } = await bank.months()
  const hr = await bank.as('hrAdmin')
  const path = { period: open }
  const status = async () => (await hr.GET('/periods/{period}', { params: { path } })).data
  const waive = async () => {
    const sorts = new Set((await status())?.blockers.filter((b) => b.waived === undefined).map((b) => b.blocker))
    for (const blocker of sorts) {
      if (blocker !== 'no_run' && blocker !== 'outdated_run') await hr.POST('/periods/{period}/waivers', { params: { path }, body: { blocker, reason: 'the committee agrees' } })
    }
  }
  const version = async () => ({ version: (await status())?.period.version ?? 0 })
  await waive()
  await hr.POST('/periods/{period}/score', { params: { path }, body: await version() })
  const { data: job } = await hr.POST('/periods/{period}/runs', { params: { path, header: { 'Idempotency-Key': crypto.randomUUID() } }, body: {} })
  await expect.poll(async () => (await hr.GET('/jobs/{id}', { params: { path: { id: job?.id ?? 0 } } })).data?.state).toBe('done')
  await waive()

  const page = await as('hrAdmin', { at: `/periods/${open}` })
  await page.getByRole('button', { name: /^Publish the results/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Type/).fill(open)
  await hr.POST('/periods/{period}/publish', { params: { path }, body: { ...(await version()), run: 1 } })
  await dialog.getByRole('button', { name: /^Publish the results/ }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('list', { name: 'Stages' }).locator('[aria-current=step]')).toContainText('Published')
  await expect(page.getByRole('button', { name: /^Publish the results/ })).toBeHidden()
})

const empty = test.extend({
  bank: async ({}, give) => {
    const bank = await Bank.start({ empty: true })
    await give(bank)
    await bank.close()
  },
})

empty('each page of an empty bank says that there is nothing yet', async ({ as, bank }) => {
  await administrators(bank)
  const page = await as(undefined)
  await page.context().addCookies(bank.cookies(await bank.session({ username: 'hr-office', password })))
  for (const at of ['/periods', '/targets', '/data', '/imports', '/reviews', '/runs', '/results', '/scorecards', '/metric-library', '/rubrics', '/assignments', '/staff']) {
    await page.goto(at)
    await settled(page)
    await expect(page.locator('main .empty'), at).toBeVisible()
  }
})
