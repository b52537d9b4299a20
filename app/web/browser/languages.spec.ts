import { expect, reading as test, settled } from './harness'
import { addressOf, present } from './harness/routes'

/** In the page: words in Latin letters that no translation has brought, and texts that are cut. */
function inspect(): { foreign: string[]; cut: string[] } {
  const own = (text: string) => text.replace(/⟦[^⟧]*⟧/g, ' ')
  // Codes, names of files and of users are data and look like it.
  const words = (text: string) => (own(text).match(/[\w.@/%:-]+/g) ?? []).filter((word) => /^[A-Za-z]{4,}$/.test(word) && !['Steelyard', 'English', 'Excel', 'Ctrl', 'Shift', 'Enter', 'Home', 'Delete', 'PgUp', 'PgDn'].includes(word))
  const visible = (element: Element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
  const foreign: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!parent || parent.closest('code, kbd, pre, script, style, noscript, [lang=en], td') || !visible(parent)) continue
    for (const word of words(node.nodeValue ?? '')) foreign.push(`${word} in <${parent.tagName.toLowerCase()} class="${parent.className}">`)
  }
  for (const element of document.body.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    // What is within something that has a name of its own is not read.
    if (!visible(element) || element.closest('[aria-hidden=true]') || element.parentElement?.closest('button[aria-label], a[aria-label]')) continue
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) for (const word of words(element.getAttribute(name) ?? '')) foreign.push(`${word} in ${name} of <${element.tagName.toLowerCase()} class="${element.getAttribute('class')}">`)
  }
  const cut = [...document.querySelectorAll('button, th, label, h1, h2, h3, nav a, [role=tab]')]
    .filter((element) => visible(element) && !element.closest('.sr-only') && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow !== 'visible')
    .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.slice(0, 60)}`)
  return { foreign: [...new Set(foreign)], cut: [...new Set(cut)] }
}

for (const route of present()) {
  test(`every word is translated, and none is cut: ${route.path}`, async ({ as, bank }) => {
    const page = await as(route.kind, { at: route.kind ? '/icon.svg' : undefined })
    await page.addInitScript(() => sessionStorage.setItem('steelyard.pseudo', '1'))
    await page.goto(await addressOf(route, bank))
    await settled(page)
    expect(await page.evaluate(inspect)).toEqual({ foreign: [], cut: [] })
  })
}
