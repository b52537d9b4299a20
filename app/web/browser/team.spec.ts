import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { inflateSync } from 'node:zlib'
import { expect, expectAccessible, expectNoSidewaysScroll, reading as test, settled } from './harness'
import { listSheet, workbookRows } from './harness/workbook'

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

/** The pages of a document that Chromium made: how large each is, and how many runs of text stand on it. */
function pagesOf(file: Buffer): { width: number; height: number; runs: number }[] {
  const text = file.toString('latin1')
  const object = (n: string) => {
    const at = text.search(new RegExp(`(?:^|\\n)${n} 0 obj`))
    return at < 0 ? '' : text.slice(at, text.indexOf('endobj', at))
  }
  return [...text.matchAll(/<<[^>]*?\/Type \/Page\b(?!s)[\s\S]*?endobj/g)].map(([page]) => {
    const [, width = '0', height = '0'] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? []
    const content = object(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '')
    const body = Buffer.from(content.slice(content.indexOf('stream\n') + 7, content.lastIndexOf('endstream')), 'latin1')
    const drawn = content.includes('FlateDecode') ? inflateSync(body).toString('latin1') : body.toString('latin1')
    return { width: Number(width), height: Number(height), runs: [...drawn.matchAll(/\bT[jJ]\b/g)].length }
  })
}

test('documents are on A4, and no page of them is blank', async ({ as, bank }) => {
  const { published: [period = ''] } = await bank.months()
  const member = bank.account('member').username
  const a4 = [595, 842]
  for (const [kind, at, size] of [
    ['member', `/print/scorecard/${period}/${member}`, a4], ['outletManager', `/print/interview/${period}/${member}`, a4],
    ['branchManager', `/print/team/${period}`, [...a4].reverse()],
  ] as const) {
    const page = await as(kind, { at })
    await settled(page)
    const pages = pagesOf(await page.pdf({ preferCSSPageSize: true }))
    expect(pages.length, at).toBeGreaterThan(0)
    for (const { width, height, runs } of pages) {
      expect([Math.round(width), Math.round(height)], at).toEqual(size)
      expect(runs, at).toBeGreaterThan(12)
    }
    await page.context().close()
  }
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

/** The maps as they stand on the screen: scorecard after scorecard, whose and which score under which item. */
async function maps(page: Page): Promise<string[][]> {
  return page.locator('.heat-map').evaluateAll((all) => all.flatMap((map) => {
    const text = (cell: Element | undefined) => cell?.textContent.trim() ?? ''
    const heads = [...map.querySelectorAll('thead th')].map((cell) => text(cell).replace(/ [▲▼]$/, ''))
    return [...map.querySelectorAll('tbody tr')].map((row) => {
      const cells = [...row.children]
      const no = text(cells[0]?.querySelector('.muted:last-child') ?? undefined)
      return [no, ...cells.slice(2).flatMap((cell, i) => (text(cell) === '—' ? [] : [`${heads[i + 2]} ${text(cell)}`]))]
    })
  }))
}

test('the workbook of the team is the heat map: its people, their order, its items', async ({ as, bank }) => {
  const { published } = await bank.months()
  const page = await as('outletManager', { at: `/team?period=${published[0]}&sort=-total` })
  await settled(page)
  const shown = await maps(page)
  expect(shown.length).toBeGreaterThan(3)
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(`${shown.length} 行`)
  await dialog.getByRole('button', { name: '生成 Excel 文件' }).click()
  const arriving = page.waitForEvent('download')
  await dialog.getByRole('link', { name: /^下载/ }).click({ timeout: 60_000 })
  const written = workbookRows(readFileSync(await (await arriving).path()), listSheet)
  const head = written.findIndex((row) => row.includes('工号'))
  const heads = written[head] ?? []
  const no = heads.indexOf('工号')
  const first = heads.indexOf('等级') + 1
  const rows = written.slice(head + 1).filter((row) => /^\d+$/.test(row[no] ?? ''))
    .map((row) => [row[no], ...row.slice(first).flatMap((cell, i) => (cell === '' ? [] : [`${heads[first + i]} ${Number(cell).toFixed(2)}`]))])
  const sorted = (all: (string | undefined)[][]) => all.map(([who, ...scores]) => [who, ...scores.sort()])
  expect(sorted(rows)).toEqual(sorted(shown))
})
