import { type Page, expect } from '@playwright/test'

/** A state into which a page is brought by its user. */
export type State = 'dropdown' | 'drawer' | 'editing'

/** What of the page a state is about. */
export const partOf: Record<State, string> = {
  dropdown: '.ant-select-dropdown:not(.ant-select-dropdown-hidden)',
  drawer: '.ant-drawer-open',
  editing: '[role=row]:focus-within',
}

/** Brings the page into a state, or says that it has no such thing in this look. */
export const bring: Record<State, (page: Page) => Promise<boolean>> = {
  async dropdown(page) {
    const choices = page.locator('.ant-select:not(.ant-select-disabled):visible')
    const choice = page.locator('main').locator(choices).or(choices).last() // that of the page, else that of the frame
    if (!(await choice.isVisible())) return false
    await choice.click()
    await expect(page.locator('.ant-select-dropdown').first()).toBeVisible()
    return true
  },
  async drawer(page) {
    const opener = page.locator('main').locator('tbody tr:not([aria-hidden]) :is(a, button):visible, nav li a:visible').first()
    if (!(await opener.isVisible())) return false
    await opener.click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expect(page.locator('.ant-drawer [aria-busy=true]')).toHaveCount(0)
    return true
  },
  async editing(page) {
    if (!(await page.locator('main [role=grid]').isVisible())) return false
    const cell = page.locator('main [role=grid] [role=gridcell]:not([aria-readonly=true])').first()
    await cell.click()
    await page.keyboard.press('F2')
    return true
  },
}
