import type { Page } from '@playwright/test'
import { expect, expectNoSidewaysScroll, reading as test, settled } from './harness'
import { contentOf } from './harness/content'
import { addressOf, present } from './harness/routes'
import { bring } from './harness/states'

/** Names that are the same in every language: products, keys, formats. */
const international = ['Steelyard', 'English', 'Excel', 'Ctrl', 'Shift', 'Enter', 'Home', 'Delete', 'PgUp', 'PgDn', 'Backspace', 'xlsx', 'json', 'JSON', '中文', 'operator']

/** Words that antd brings, in both languages. */
const ofLibrary = ['可排序', '请选择日期', '开始日期', '结束日期']

interface Asked {
  /** The bank's own words, and what the server said. */
  own: readonly string[]
  /** Words in Latin letters have no place here, those in Chinese ones only where a translation brought them; or the other way round. */
  language: 'zh' | 'en'
}

/** In the page: words that are not of its language, and that the bank does not call anything. */
function foreign({ own, language }: Asked): string[] {
  const without = (text: string, words: readonly string[]) => {
    let left = text
    for (const word of words) if (left.includes(word)) left = left.replaceAll(word, ' ')
    return left
  }
  const outside = (text: string) => { // of what is translated: ⟦…⟧, which may hold others
    let left = text
    for (let before = ''; left !== before;) [before, left] = [left, left.replace(/⟦[^⟦⟧]*⟧/g, ' ')]
    return left
  }
  const latin = (text: string) => (text.replace(/[⟦⟧·]/g, ' ').match(/[\w.@/%:#-]+/g) ?? []).filter((word) => /^[A-Za-z]+(_[A-Za-z]+)*$/.test(word) && word.length >= 4)
  const han = (text: string) => text.match(/\p{Script=Han}+/gu) ?? []
  const wrong = (text: string) => {
    if (!/[A-Za-z]{4}|\p{Script=Han}/u.test(text)) return []
    if (language === 'en') return han(without(text, own))
    return [...latin(without(text, own)), ...han(without(outside(text).replace(/\d+年(\d+月)?(\d+日)?/g, ' '), own))]
  }
  const visible = (element: Element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
  const skipped = language === 'en' ? 'script, style, noscript, :not(html)[lang^=zh]' : 'code, kbd, pre, script, style, noscript, :not(html)[lang=en]'
  const named = (element: Element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    const words = parent && !parent.closest(skipped) ? wrong(node.nodeValue ?? '') : []
    if (parent && words.length > 0 && visible(parent)) found.push(`${words.join(' ')} in ${named(parent)} ${node.nodeValue?.slice(0, 60)}`)
  }
  for (const element of document.body.querySelectorAll('[aria-label], [aria-description], [aria-roledescription], [placeholder], [title], [alt]')) {
    // What is within something that has a name of its own is not read.
    if (!visible(element) || element.closest(`[aria-hidden=true], ${skipped}`) || element.parentElement?.closest('button[aria-label], a[aria-label]')) continue
    for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'placeholder', 'title', 'alt']) {
      for (const word of wrong(element.getAttribute(name) ?? '')) found.push(`${word} in ${name} of ${named(element)}`)
    }
  }
  return [...new Set(found)]
}

/** In the page: labels of which a part is not to be seen. */
function cut(): string[] {
  return [...document.querySelectorAll('button, th, label, h1, h2, h3, nav a, [role=tab]')]
    .filter((element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !element.closest('.sr-only') && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow !== 'visible')
    .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.slice(0, 60)}`)
}

/** All texts that the server answers from now on; its own words are tested where they are written. */
function heard(page: Page): () => Promise<Set<string>> {
  const texts = new Set<string>()
  const reading: Promise<void>[] = []
  const gather = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value.trim())
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(gather)
  }
  page.on('response', (answer) => {
    if (answer.url().includes('/api/v1/') && answer.headers()['content-type']?.includes('json')) reading.push(answer.json().then(gather, () => undefined))
  })
  return async () => {
    await Promise.all(reading)
    return texts
  }
}

const longestFirst = (words: Iterable<string>) => [...words].filter((word) => word.trim() !== '').sort((a, b) => b.length - a.length)

for (const route of present()) {
  test(`every word is in the page's language, none is cut, and they fit into 320 px: ${route.path}`, async ({ as, bank }) => {
    test.setTimeout(120_000)
    const content = await contentOf(bank)
    const at = await addressOf(route, bank)
    const page = await as(route.kind, { at: '/icon.svg' })
    const server = heard(page)
    const wrong: string[] = []
    const look = async (what: string, asked: Asked) => {
      wrong.push(...(await page.evaluate(foreign, asked)).map((line) => `${what}: ${line}`))
      wrong.push(...(await page.evaluate(cut)).map((line) => `${what}, cut: ${line}`))
    }
    const chinese = async () => {
      const said = [...await server()].filter((text) => route.record || /\p{Script=Han}/u.test(text))
      return { language: 'zh' as const, own: longestFirst([...content.zh, ...said, ...international, ...ofLibrary]) }
    }
    const english = async () => ({ language: 'en' as const, own: longestFirst([...content.en, ...(route.record ? await server() : []), ...international]) })

    await page.evaluate(() => sessionStorage.setItem('steelyard.pseudo', '1'))
    await page.goto(at)
    await settled(page)
    await look('pseudo', await chinese())
    await page.setViewportSize({ width: 390, height: 844 })
    await settled(page)
    await look('pseudo, narrow', await chinese())
    await page.setViewportSize({ width: 1366, height: 768 })
    if (route.drawer) {
      expect(await bring.drawer(page), 'a drawer').toBe(true)
      await look('pseudo, drawer', await chinese())
    }

    await page.evaluate(() => {
      sessionStorage.removeItem('steelyard.pseudo')
      localStorage.setItem('steelyard.language', 'en')
    })
    await page.goto(at)
    await settled(page)
    await look('English', await english())
    if (route.drawer) {
      await bring.drawer(page)
      await look('English, drawer', await english())
    }
    await page.setViewportSize({ width: 320, height: 640 })
    await settled(page)
    await expectNoSidewaysScroll(page)
    expect(wrong).toEqual([])
  })
}
