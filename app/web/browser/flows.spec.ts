import type { Page } from '@playwright/test'
import { type Bank, type Kind, expect, expectNoSidewaysScroll, settled, test } from './harness'
import { type Hands, keys, touch } from './harness/hands'
import { stayers } from './harness/staff'

/*
 * What each kind of user comes for, by keys alone in a wide window and by touch on a
 * phone. The manager's reviews are in reviews.spec.ts.
 */
test.use({ look: { language: 'en' } })

interface Flow {
  who: Kind
  does: string
  /** From the home page on. */
  go: (page: Page, hands: Hands, bank: Bank) => Promise<void>
}

/** A file with one figure of the month under way. */
async function oneActual(bank: Bank, period: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const hr = await bank.as('hrAdmin')
  const { data: metrics } = await hr.GET('/metrics', { params: { query: { limit: 1 } } })
  const [one] = await stayers(bank)
  const row = [period, one?.staff_no, metrics?.items[0]?.code, '4321.5', one?.unit].join(',')
  return { name: 'actuals.csv', mimeType: 'text/csv', buffer: Buffer.from(`period,staff_no,metric_code,actual,unit_code\n${row}\n`) }
}

const dialogOf = (page: Page) => page.getByRole('dialog').last()

/** Lets everything pass that stands before the next stage. */
async function letPass(page: Page, { press, write }: Hands): Promise<void> {
  const passes = page.getByRole('button', { name: /^Let pass:/ })
  for (let left = await passes.count(); left > 0; left--) {
    await press(passes.first())
    await write(dialogOf(page).getByLabel(/^Reason/), 'The committee agrees to it')
    await press(dialogOf(page).getByRole('button', { name: 'Let pass' }))
    await expect(passes).toHaveCount(left - 1)
  }
}

const flows: readonly Flow[] = [
  {
    who: 'hrAdmin',
    does: 'brings in a figure, calculates the month and publishes it',
    async go(page, hands, bank) {
      const { open } = await bank.months()
      const { press, write, choose, give, go } = hands
      const main = page.getByRole('main')
      await go('Imports')
      await press(main.getByRole('link', { name: 'Import a file' }).first())
      await expect(page.getByRole('heading', { level: 1, name: 'Import a file' })).toBeFocused()
      await choose(page.getByRole('combobox', { name: 'Kind of file' }), /^Actual/)
      await give(page.getByRole('button', { name: /^Drop the file here/ }), await oneActual(bank, open))
      await press(page.getByRole('button', { name: 'Check', exact: true }))
      await expect(page.getByText('No errors: it can be imported.')).toBeVisible()
      await press(page.getByRole('button', { name: 'Import', exact: true }))
      await expect(page.getByRole('link', { name: /^Open batch/ })).toBeVisible()
      await go('Home')
      await press(main.getByRole('link', { name: 'Open the month' }))
      await expect(page.getByRole('list', { name: 'Stages' })).toBeVisible()
      await letPass(page, hands)
      await press(page.getByRole('button', { name: 'End collecting and score' }))
      await press(page.getByRole('button', { name: 'Calculate', exact: true }))
      await expect(page.getByRole('region', { name: 'Latest run' })).toContainText('Agrees with the data')
      await letPass(page, hands)
      await press(page.getByRole('button', { name: /^Publish the results/ }))
      await write(dialogOf(page).getByRole('textbox'), open)
      await press(dialogOf(page).getByRole('button', { name: /^Publish the results/ }))
      await expect(page.getByRole('list', { name: 'Stages' }).locator('[aria-current=step]')).toContainText('Published')
    },
  },
  {
    who: 'member',
    does: 'sees the score and why, tries what would raise it, and looks back',
    async go(page, { press, write, go }) {
      const main = page.getByRole('main')
      await press(main.getByRole('link', { name: /how it came about/ }))
      await expect(dialogOf(page).getByText('The whole calculation')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await go('Home')
      await press(main.getByRole('link', { name: 'What would raise it' }))
      const totals = page.locator('.trial-totals dd')
      await expect(totals.nth(1)).toBeVisible()
      const before = await totals.first().textContent()
      await write(page.locator('.trial-input input').nth(1), '99000000')
      await expect(totals.nth(1)).not.toHaveText(before ?? '')
      await press(page.getByRole('button', { name: 'All as it was' }))
      await expect(totals.nth(1)).toHaveText(before ?? '')
      await go('My history')
      await press(main.getByRole('link', { name: /^Open the scorecard of/ }).first())
      await expect(page.getByRole('heading', { level: 1, name: 'My scorecard' })).toBeVisible()
    },
  },
  {
    who: 'auditor',
    does: 'reads what was changed, and follows a figure to the row of its file in four steps',
    async go(page, { press, go }) {
      const main = page.getByRole('main')
      await press(main.getByRole('link', { name: 'Open the audit trail' }))
      await settled(page)
      await press(page.getByRole('table').getByRole('link').first())
      await expect(page.getByRole('dialog', { name: /^Record/ })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await go('Results')
      await press(main.getByRole('link', { name: /^Open / })) // this month has none yet; the last one has
      await settled(page)
      await press(page.getByRole('table').getByRole('link').first())
      await press(dialogOf(page).getByRole('link', { name: 'Where the figures come from' }))
      await press(page.getByRole('table').getByRole('link', { name: /row \d+/ }).first())
      await expect(page.getByRole('heading', { level: 1, name: /^Batch/ })).toBeVisible()
    },
  },
  {
    who: 'system',
    does: 'makes a user and hands over the secret',
    async go(page, { press, write }) {
      await press(page.getByRole('main').getByRole('link', { name: 'Manage users' }))
      await press(page.getByRole('button', { name: 'New user' }))
      await write(dialogOf(page).getByLabel('Username'), 'newcomer')
      await press(dialogOf(page).getByRole('button', { name: 'Create' }))
      await expect(page.getByRole('dialog', { name: 'One-time secret' }).locator('.secret').first()).toHaveText(/\S{16,}/)
      await press(page.getByRole('dialog', { name: 'One-time secret' }).getByRole('button', { name: 'Close', exact: true }))
      await expect(page.getByRole('dialog')).toHaveCount(0)
    },
  },
  {
    who: 'security',
    does: 'gives a role, and asks who may do what',
    async go(page, { press, write, choose, go }, bank) {
      const { username } = bank.account('trainer')
      await press(page.getByRole('main').getByRole('link', { name: 'Manage grants' }))
      await press(page.getByRole('button', { name: 'Grant a role' }))
      const dialog = dialogOf(page)
      await choose(dialog.getByRole('combobox', { name: 'User' }), new RegExp(username), username)
      await choose(dialog.getByRole('combobox', { name: 'Role' }), /auditor/, 'auditor')
      await choose(dialog.getByRole('combobox', { name: 'Unit' }), /\S/)
      await write(dialog.getByLabel('Reason'), 'Appointed by the board')
      await press(dialog.getByRole('button', { name: 'Grant a role' }))
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await go('Who may do this?')
      await choose(page.getByRole('combobox', { name: 'Permission' }), /audit\.read/, 'audit.read')
      await expect(page.getByRole('main').getByText(username).first()).toBeVisible()
    },
  },
]

for (const { who, does, go } of flows) {
  test(`by keys alone, ${who} ${does}`, async ({ as, bank }) => {
    const page = await as(who)
    await settled(page)
    await go(page, keys(page), bank)
  })

  test(`on a phone, ${who} ${does}`, async ({ as, bank }) => {
    const page = await as(who, { phone: true })
    await settled(page)
    await go(page, touch(page), bank)
    await expectNoSidewaysScroll(page)
  })
}
