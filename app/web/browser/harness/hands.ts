import { type Locator, type Page, expect } from '@playwright/test'

interface File { name: string; mimeType: string; buffer: Buffer }

/** How somebody works a page. What they do is written once; their hands do it by keys alone or by touch. */
export interface Hands {
  /** Presses a button, a link, a switch. */
  press: (what: Locator) => Promise<void>
  /** Writes into a field; what was in it goes. */
  write: (field: Locator, text: string) => Promise<void>
  /** Chooses from a list that drops down: `typed` narrows it first, where it can be searched. */
  choose: (field: Locator, option: RegExp, typed?: string) => Promise<void>
  /** Gives a file to what opens the choice of files. */
  give: (what: Locator, file: File) => Promise<void>
  /** Goes to a page of the navigation. */
  go: (name: string) => Promise<void>
}

const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' })

async function handOver(page: Page, press: () => Promise<void>, file: File): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press()])
  await chooser.setFiles(file)
}

/** In the page: whether the focus is on an element, and that can be seen. */
function focusOn(element: Element): 'elsewhere' | 'hidden' | 'here' {
  if (document.activeElement !== element && !(element instanceof HTMLLabelElement && element.control === document.activeElement)) return 'elsewhere'
  const { left, top, width, height } = element.getBoundingClientRect()
  const seen = document.elementFromPoint(left + width / 2, top + height / 2)
  return seen !== null && (element.contains(seen) || seen.contains(element) || seen.closest('label')?.contains(element) === true) ? 'here' : 'hidden'
}

/** Keys alone: the Tab key leads to everything, and nothing that has the focus lies under something else. */
export function keys(page: Page): Hands {
  const reach = async (what: Locator) => {
    await expect(what).toBeVisible()
    for (let pressed = 0; pressed < 250; pressed++) {
      const focus = await what.evaluate(focusOn)
      expect(focus, `the focus on ${what.toString()}`).not.toBe('hidden')
      if (focus === 'here') return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the Tab key does not lead to ${what.toString()}`)
  }
  const press = async (what: Locator) => {
    await reach(what)
    await page.keyboard.press('Enter')
  }
  return {
    press,
    async write(field, text) {
      await reach(field)
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.insertText(text)
    },
    async choose(field, option, typed = '') {
      await reach(field)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.insertText(typed)
      const list = page.locator('.ant-select-dropdown:visible')
      await expect(list.locator('.ant-select-item-option').filter({ hasText: option }).first()).toBeVisible()
      const active = list.locator('.ant-select-item-option-active')
      for (let pressed = 0; !option.test((await active.textContent()) ?? ''); pressed++) {
        expect(pressed, `how far ${option} is down the list`).toBeLessThan(100)
        await page.keyboard.press('ArrowDown')
      }
      await page.keyboard.press('Enter')
    },
    give: (what, file) => handOver(page, () => press(what), file),
    go: async (name) => press(navigation(page).getByRole('link', { name, exact: true })),
  }
}

/** Touch, on a phone. */
export function touch(page: Page): Hands {
  const press = (what: Locator) => what.tap()
  return {
    press,
    write: (field, text) => field.fill(text),
    async choose(field, option, typed) {
      await field.tap()
      if (typed) await field.fill(typed)
      const list = page.locator('.ant-select-dropdown:visible')
      await list.locator('.ant-select-item-option').filter({ hasText: option }).first().tap()
      await expect(list).toHaveCount(0)
    },
    give: (what, file) => handOver(page, () => press(what), file),
    async go(name) {
      await press(page.getByRole('button', { name: 'Open the navigation' }))
      await press(navigation(page).getByRole('link', { name, exact: true }))
    },
  }
}
