import { join } from 'node:path'
import { reading as test, settled } from './harness'
import { everyLook } from './harness/looks'
import { addressOf, nameOf, present } from './harness/routes'

/** Where pictures go: a folder for each language and width. */
const folder = process.env.STEELYARD_SCREENS ?? ''

for (const route of present()) {
  test(`picture of ${route.path}`, async ({ as, bank }) => {
    test.setTimeout(120_000)
    const at = await addressOf(route, bank, true)
    for (const look of everyLook.filter((one) => one.theme === 'light')) {
      const page = await as(route.kind, { ...look, at })
      await settled(page)
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: join(folder, `${look.language}-${look.width}`, `${nameOf(route)}.png`), fullPage: true })
      await page.context().close()
    }
  })
}
