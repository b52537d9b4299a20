import type { Page } from '@playwright/test'
import { allowFault, expect, expectAccessible, expectNoSidewaysScroll, settled, test } from './harness'
import { five, rateFive, written } from './reviews.bank'

const saved = /^已保存 \d\d:\d\d:\d\d$/
const status = (page: Page) => page.locator('.reviews-status')
const cell = (page: Page, r: number, c: number) => page.locator(`[data-cell="${r}:${c}"]`)

/** The first column that takes levels, where the rows are of one unit. */
const levels = 3

async function openGrid(page: Page): Promise<void> {
  await settled(page)
  await expect(page.locator('.grid-editor')).toBeFocused()
}

async function goTo(page: Page, r: number, c: number): Promise<void> {
  await cell(page, r, c).click()
  await expect(cell(page, r, c).locator('.grid-editor')).toBeFocused()
}

/** Pastes as a spreadsheet would have left it on the clipboard. */
async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.grid-editor').evaluate((input, block) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', block)
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

test('a manager fills 30 × 5 with comments by keyboard alone; the session ends in the middle and nothing is lost', async ({ as, bank }) => {
  test.setTimeout(600_000)
  await rateFive(bank)
  const { open } = await bank.months()
  const page = await as('branchManager', { at: `/team/reviews?period=${open}&at=B0101`, ownSession: true })
  await openGrid(page)
  await page.keyboard.press('Control+Home')
  const level = (r: number, c: number) => String(5 - ((r + c) % 5))
  for (let c = 0; c < 5; c++) {
    for (let r = 0; r < 30; r++) {
      await page.keyboard.type(level(r, c))
      await page.keyboard.press('Enter')
      if (c === 2 && r === 14) {
        await page.context().clearCookies()
        await page.getByLabel('密码').pressSequentially(bank.account('branchManager').password)
        await page.keyboard.press('Enter')
        await expect(page.getByLabel('密码')).toBeHidden()
        await expect(page.locator('.grid-editor')).toBeFocused()
      }
    }
    await page.keyboard.press('Control+Home')
    for (let i = 0; i <= c; i++) await page.keyboard.press('ArrowRight')
  }
  for (let c = 0; c < 5; c++) {
    for (let r = 0; r < 30; r++) {
      if (['5', '1'].includes(level(r, c))) {
        await page.keyboard.type(`说明 ${r} ${c}`)
        await page.keyboard.press('Enter')
      } else await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('Control+Home')
    for (let i = 0; i < 6 + c; i++) await page.keyboard.press('ArrowRight')
  }
  await expect(status(page)).toHaveText(saved)
  await expect(page.locator('.reviews-counts')).toContainText('30/59')
  const cells = await written(bank, 'branchManager', open)
  expect(cells.size).toBe(150)
  const staff = await page.locator('[data-cell$=":1"]').allTextContents()
  for (let r = 0; r < 30; r++) {
    for (const [c, item] of five.entries()) {
      const needs = ['5', '1'].includes(level(r, c))
      expect(cells.get(`${staff[r]} ${item}`), `${r} ${c}`).toMatchObject({ level: level(r, c), comment: needs ? `说明 ${r} ${c}` : '' })
    }
  }
})

test('a block of 31 × 5 with two bad cells: 153 are saved, two are red with their reasons, one Ctrl+Z takes all back', async ({ as, bank }) => {
  test.setTimeout(300_000)
  await rateFive(bank)
  const { open } = await bank.months()
  const page = await as('branchManager', { at: `/team/reviews?period=${open}&at=B0101` })
  await openGrid(page)
  await page.keyboard.press('Control+Home')
  const bad: Record<string, string> = { '3 4': '7', '9 0': '优良' }
  const block = Array.from({ length: 31 }, (_, r) => five.map((_item, c) => bad[`${r} ${c}`] ?? '４').join('\t')).join('\r\n')
  await paste(page, `${block}\r\n`)
  await expect(page.getByText('31 行 × 5 列，2 个无法识别')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(status(page)).toHaveText(saved)
  await expect(page.locator('.grid-wrong')).toHaveCount(2)
  const cells = await written(bank, 'branchManager', open)
  expect([...cells.values()].filter((one) => one.level === '4')).toHaveLength(153)
  expect(cells.size).toBe(153)
  await page.getByRole('button', { name: /2 个单元格有误/ }).click()
  await expect(page.locator('.grid-bar-wrong')).toContainText('可填')
  await expectAccessible(page)
  await page.keyboard.press('Control+z')
  await expect(page.locator('.grid-wrong')).toHaveCount(0)
  await expect(status(page)).toHaveText(saved)
  await expect.poll(async () => [...(await written(bank, 'branchManager', open)).values()].filter((one) => one.level !== '').length).toBe(0)
  await expect(cell(page, 0, levels).locator('.grid-text')).toHaveText('')
})

test('an input method\'s first stroke is not lost, and its Enter ends the composition alone', async ({ as, bank }) => {
  const { open } = await bank.months()
  const page = await as('outletManager', { at: `/team/reviews?period=${open}` })
  await openGrid(page)
  const r = 4 // the first person whose review is a draft
  await goTo(page, r, levels + 2)
  const before = await cell(page, r, levels + 2).locator('.grid-text').textContent()
  const devtools = await page.context().newCDPSession(page)
  const composed = { selectionStart: 1, selectionEnd: 1, replacementStart: 0, replacementEnd: 0 }
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', windowsVirtualKeyCode: 229 })
  await devtools.send('Input.imeSetComposition', { text: 'h', ...composed, replacementEnd: 0 })
  await devtools.send('Input.imeSetComposition', { text: 'hen hao', selectionStart: 7, selectionEnd: 7 })
  await expect(page.locator('.grid-editor')).toHaveValue('hen hao')
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 })
  await expect(cell(page, r, levels + 2)).toHaveClass(/grid-editing/)
  await devtools.send('Input.insertText', { text: '很好' })
  await expect(page.locator('.grid-editor')).toHaveValue('很好')
  await page.keyboard.press('Enter')
  await expect(cell(page, r, levels + 2).locator('.grid-text')).toHaveText('很好')
  await expect(status(page)).toHaveText(saved)
  await page.keyboard.press('Control+z')
  await expect(cell(page, r, levels + 2).locator('.grid-text')).toHaveText(before ?? '')
})

test('two sessions write one cell: both values are shown, and the writer chooses', async ({ as, bank }) => {
  const { open } = await bank.months()
  const at = `/team/reviews?period=${open}`
  const first = await as('outletManager', { at })
  const second = await as('outletManager', { at })
  await openGrid(first)
  await openGrid(second)
  for (const [page, level] of [[first, '2'], [second, '4']] as const) {
    await goTo(page, 4, levels)
    await page.keyboard.type(level)
    await page.keyboard.press('Enter')
    if (page === first) await expect(status(page)).toHaveText(saved)
  }
  await expect(second.getByText('1 项在别处也被修改')).toBeVisible()
  await expect(second.locator('.conflicts')).toContainText('2 · ')
  await expect(second.locator('.conflicts')).toContainText(bank.account('outletManager').username)
  await expect(cell(second, 4, levels).locator('.grid-text')).toContainText('4')
  await expectAccessible(second)
  await second.getByRole('button', { name: '用我的' }).click()
  await expect(status(second)).toHaveText(saved)
  const staff = await cell(second, 4, 1).textContent()
  const cells = await written(bank, 'outletManager', open)
  expect(cells.get(`${staff} teamwork`)?.level).toBe('4')
})

test('without a network what is written waits, survives a reload, and goes when it is back', async ({ as, bank }) => {
  const { open } = await bank.months()
  const page = await as('outletManager', { at: `/team/reviews?period=${open}` })
  allowFault(page, /ERR_INTERNET_DISCONNECTED|Failed to fetch/)
  await openGrid(page)
  await goTo(page, 7, levels + 1)
  const staff = await cell(page, 7, 1).textContent()
  await page.route('**/review-grid', (route) => (route.request().method() === 'PUT' ? route.abort('internetdisconnected') : route.continue()))
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await expect(status(page)).toHaveText('离线，1 项待存')
  await page.reload()
  await expect(page.getByText('已恢复上次未保存的 1 项')).toBeVisible()
  await expect(cell(page, 7, levels + 1).locator('.grid-text')).toContainText('4')
  await page.unroute('**/review-grid')
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(status(page)).toHaveText(saved)
  expect((await written(bank, 'outletManager', open)).get(`${staff} daily_work`)?.level).toBe('4')
  await page.reload()
  await openGrid(page)
  await expect(page.getByText('已恢复上次未保存的')).toHaveCount(0)
})

test('signing out asks before what could not be saved is given up', async ({ as, bank }) => {
  const { open } = await bank.months()
  const page = await as('outletManager', { at: `/team/reviews?period=${open}`, ownSession: true })
  allowFault(page, /ERR_INTERNET_DISCONNECTED|Failed to fetch/)
  await openGrid(page)
  await page.route('**/review-grid', (route) => (route.request().method() === 'PUT' ? route.abort('internetdisconnected') : route.continue()))
  await goTo(page, 7, levels + 1)
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /的账户/ }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page.getByText('还有 1 项没有保存')).toBeVisible()
  await page.getByRole('button', { name: '放弃并退出' }).click()
  await expect(page).toHaveURL(/sign-in/)
})

test('the period is no longer collecting: what was typed stays in sight with the reason', async ({ as, bank }) => {
  const { open } = await bank.months()
  const page = await as('outletManager', { at: `/team/reviews?period=${open}` })
  await openGrid(page)
  await page.route('**/review-grid', (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ status: 409, code: 'review.period', title: '考核期已发布' }) })
      : route.continue())
  await goTo(page, 7, levels + 1)
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await expect(page.getByText('无法继续保存：考核期已发布')).toBeVisible()
  await expect(cell(page, 7, levels + 1).locator('.grid-text')).toContainText('4')
  await expect(page.getByRole('button', { name: '复制未保存的 1 项' })).toBeVisible()
})

test('who is complete is submitted, with their number, and is read-only afterwards', async ({ as, bank }) => {
  const { open } = await bank.months()
  const page = await as('outletManager', { at: `/team/reviews?period=${open}` })
  await openGrid(page)
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByText(/提交 3 人的 3 项评价/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '提交 3 项' }).click()
  await expect(page.getByText('已提交 3 项')).toBeVisible()
  await expect(cell(page, 4, 2)).toContainText('已提交')
  await goTo(page, 4, levels)
  await page.keyboard.type('1')
  await expect(cell(page, 4, levels)).toHaveAttribute('aria-readonly', 'true')
  await expect(page.getByRole('button', { name: '申请退回' })).toBeVisible()
})

test('Tab leaves the grid, and what is said of a cell has person, item, level and place', async ({ as, bank }) => {
  const { open } = await bank.months()
  const page = await as('outletManager', { at: `/team/reviews?period=${open}` })
  await openGrid(page)
  await goTo(page, 4, levels)
  const name = await cell(page, 4, 0).locator('.grid-text').textContent()
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowUp')
  await expect(page.locator('.grid-editor')).toHaveAttribute('aria-label', `${name}，团队协作，5 优秀，第 5 行共 14 行`)
  await page.keyboard.press('Shift+F2')
  await page.keyboard.press('Delete')
  await page.keyboard.press('Shift+F2')
  await expect(page.locator('.grid-editor')).toHaveAttribute('aria-label', `${name}，团队协作，5 优秀，第 5 行共 14 行，必填评语未填`)
  await page.keyboard.press('Tab')
  await expect(page.locator('.grid-editor')).not.toBeFocused()
})

for (const [language, theme] of [['zh', 'dark'], ['en', 'light']] as const) {
  test(`on a phone there is a card for each person, in ${language}, ${theme}`, async ({ as, bank }) => {
    const { open } = await bank.months()
    const page = await as('outletManager', { at: `/team/reviews?period=${open}`, phone: true, language, theme })
    await settled(page)
    const item = page.getByRole('group', { name: language === 'zh' ? '日常工作' : 'Daily work' })
    await item.getByRole('radio', { name: /^4/ }).check()
    await expect(status(page)).toHaveText(language === 'zh' ? saved : /^Saved /)
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: language === 'zh' ? '下一人' : 'Next' }).first().click()
    await expect(page.getByText(language === 'zh' ? '9/14' : '9 of 14')).toBeVisible()
  })
}
