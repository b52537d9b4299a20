import { type Browser, type BrowserContext, type Page, type TestInfo, test as base, expect } from '@playwright/test'
import { Bank, type Kind } from './bank'

/** How a page is looked at; what is left out is Chinese, light, and 1366 × 768. */
export interface Look {
  language: 'zh' | 'en'
  theme: 'light' | 'dark'
  width: number
  height: number
  /** A phone: touch, 390 × 844. */
  phone: boolean
}

interface Opened extends Partial<Look> {
  /** Where to go at once. */
  at?: string
  /** A session of its own, for tests that end sessions. */
  ownSession?: boolean
}

/** Opens a page as a kind of user, signed in; `undefined` for nobody. */
export type As = (kind: Kind | undefined, options?: Opened) => Promise<Page>

interface Fixtures {
  look: Partial<Look>
  bank: Bank
  as: As
}

/** What a page has to answer for: errors in the console, scripts that broke, what the content policy refused, answers of 500. */
class Faults {
  readonly found: string[] = []
  readonly #allowed: RegExp[] = []

  watch(page: Page): void {
    page.on('console', (message) => {
      // The browser's own line about an answer such as 409: those are for the page to handle.
      const ofAnswer = message.text().startsWith('Failed to load resource')
      if (!ofAnswer && (message.type() === 'error' || message.type() === 'warning')) this.#add(`${message.type()}: ${message.text()}`)
    })
    page.on('pageerror', (error) => this.#add(`a script broke: ${error.stack ?? error.message}`))
    page.on('response', (answer) => {
      if (answer.status() >= 500) this.#add(`${answer.status()} of ${answer.request().method()} ${answer.url()}`)
    })
  }

  allow(pattern: RegExp): void {
    this.#allowed.push(pattern)
  }

  #add(text: string): void {
    this.found.push(text)
  }

  get unexpected(): string[] {
    return this.found.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)))
  }
}

const faults = new WeakMap<BrowserContext, Faults>()

/** Lets a page show an error that the test brings about, such as a connection that is cut. */
export function allowFault(page: Page, pattern: RegExp): void {
  faults.get(page.context())?.allow(pattern)
}

/** Reports what the content policy refused, as an error of the console. */
function reportPolicy(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`content policy: ${event.violatedDirective} refused ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`)
  })
}

/** The language of the first visit; what the page changes afterwards stays. Nor does the tour open by itself. */
function firstVisit(language: string): void {
  if (location.protocol === 'about:') return // the page before the first has no storage
  localStorage.setItem('steelyard.tour', localStorage.getItem('steelyard.tour') ?? 'never')
  localStorage.setItem('steelyard.language', localStorage.getItem('steelyard.language') ?? language)
}

async function contextOf(browser: Browser, bank: Bank, look: Partial<Look>): Promise<BrowserContext> {
  const { language = 'zh', theme = 'light', phone = false } = look
  const { width = phone ? 390 : 1366, height = phone ? 844 : 768 } = look
  const context = await browser.newContext({
    baseURL: bank.url,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    reducedMotion: 'reduce', // nothing moves: what is on the page is where it stays
    viewport: { width, height },
    hasTouch: phone,
    isMobile: phone,
  })
  await context.addInitScript(reportPolicy)
  await context.addInitScript(firstVisit, language)
  const watched = new Faults()
  faults.set(context, watched)
  context.on('page', (page) => watched.watch(page))
  return context
}

/** Opens pages for a test; `end` closes them and says what went wrong in them. */
function opener(browser: Browser, bank: Bank, usual: Partial<Look>): { as: As; end: () => Promise<void> } {
  const contexts: BrowserContext[] = []
  const as: As = async (kind, { at = kind ? '/home' : undefined, ownSession, ...look } = {}) => {
    const context = await contextOf(browser, bank, { ...usual, ...look })
    contexts.push(context)
    if (kind) {
      const account = bank.account(kind)
      await context.addCookies(bank.cookies(await (ownSession ? bank.signIn(account) : bank.session(account))))
    }
    const page = await context.newPage()
    if (at) await page.goto(at)
    return page
  }
  const end = async () => {
    const wrong = contexts.flatMap((context) => faults.get(context)?.unexpected ?? [])
    for (const context of contexts) await context.close()
    expect(wrong, 'errors of the pages').toEqual([])
  }
  return { as, end }
}

async function pictures(browser: Browser, info: TestInfo, bank: Bank): Promise<void> {
  if (info.status === info.expectedStatus) return
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    const body = await page.screenshot().catch(() => undefined)
    if (body) await info.attach('page', { body, contentType: 'image/png' })
  }
  await info.attach('server.log', { body: bank.log(), contentType: 'text/plain' })
}

const withAs = {
  look: [{}, { option: true }] as [Partial<Look>, { option: true }],
  as: async ({ browser, bank, look }: { browser: Browser; bank: Bank; look: Partial<Look> }, give: (as: As) => Promise<void>, info: TestInfo) => {
    const { as, end } = opener(browser, bank, look)
    await give(as)
    await pictures(browser, info, bank)
    await end()
  },
}

/** For tests that change something: each has a fresh demo bank with a server of its own. */
export const test = base.extend<Fixtures>({
  ...withAs,
  bank: async ({}, give) => {
    const bank = await Bank.start()
    await give(bank)
    await bank.close()
  },
})

/** For tests that only look: they share a demo bank, which saves the time to start one. */
export const reading = base.extend<Omit<Fixtures, 'bank'>, { bank: Bank }>({
  ...withAs,
  bank: [
    async ({}, give) => {
      const bank = await Bank.start()
      await give(bank)
      await bank.close()
    },
    { scope: 'worker' },
  ],
})
