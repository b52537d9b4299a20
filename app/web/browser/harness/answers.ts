import type { Page } from '@playwright/test'

/** What the pages of a tab are answered: the truth, lists without rows, or that something broke. */
export type Answers = 'true' | 'empty' | 'error'

const kept = 'steelyard.test.answers'

/** In the page, before its scripts: reads what the server holds are answered as the tab asks for it. */
function answerAs(name: string): void {
  const asked = location.protocol === 'about:' ? null : sessionStorage.getItem(name)
  if (asked !== 'empty' && asked !== 'error') return
  // What the frame of every page reads stays as it is.
  const frame = /^\/api\/v1\/(me|about|periods|me\/preferences|jobs)$/
  const ask = window.fetch.bind(window)
  const broken = { status: 500, code: 'server.internal', title: 'something went wrong inside the program', request_id: 'fb86b18497e8742e8e508ac8f9119144' }
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { pathname } = new URL(request.url)
    if (request.method !== 'GET' || !pathname.startsWith('/api/v1/') || frame.test(pathname)) return ask(request)
    if (asked === 'error') return new Response(JSON.stringify(broken), { status: 500, headers: { 'Content-Type': 'application/problem+json' } })
    const answer = await ask(request)
    if (!answer.ok || !answer.headers.get('Content-Type')?.includes('json')) return answer
    const body = (await answer.json()) as Record<string, unknown>
    for (const list of ['items', 'rows']) if (Array.isArray(body[list])) Object.assign(body, { [list]: [], next: undefined, ...('total' in body && { total: 0 }) })
    return new Response(JSON.stringify(body), { status: answer.status, headers: { 'Content-Type': 'application/json' } })
  }
}

/** Lets a page be answered other than by the truth; `setAnswers` says how from then on. */
export const prepareAnswers = (page: Page): Promise<unknown> => page.addInitScript(answerAs, kept)

export const setAnswers = (page: Page, answers: Answers): Promise<void> =>
  page.evaluate(([name, value]) => sessionStorage.setItem(name ?? '', value ?? ''), [kept, answers])
