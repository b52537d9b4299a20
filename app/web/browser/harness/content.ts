import type { Bank } from './bank'
import { every } from './every'

/** What the bank itself calls things, by the page's language: names, codes, users, free text. */
export interface Content { zh: string[]; en: string[] }

/** Where a bank's own words stand in what the API answers. */
const own = new Set([
  'name', 'code', 'key', 'position', 'positions', 'staff_no', 'username', 'email', 'pinyin', 'unit_of_measure', 'reason', 'file', 'grade',
  'metric', 'peer_group', 'description', 'comment', 'by',
])

/** Gathers the words of an answer; where there is an English text, the Chinese one has no place in an English page. */
function gather(value: unknown, under: string, into: { zh: Set<string>; en: Set<string> }): void {
  if (typeof value === 'string') {
    if (own.has(under)) for (const language of ['zh', 'en'] as const) into[language].add(value)
  } else if (Array.isArray(value)) {
    for (const one of value) gather(one, under, into)
  } else if (typeof value === 'object' && value !== null) {
    const { zh, en } = value as { zh?: unknown; en?: unknown }
    if (typeof zh === 'string' && typeof en === 'string') {
      into.zh.add(zh || en)
      into.en.add(en || zh)
    } else {
      for (const [name, inner] of Object.entries(value)) {
        if (under === 'points') gather(name, 'key', into) // of event types, which the bank names
        if (own.has(name) || typeof inner === 'object') gather(inner, name, into)
      }
    }
  }
}

async function read(bank: Bank): Promise<Content> {
  const into = { zh: new Set<string>(), en: new Set<string>() }
  const officer = await bank.as('hrAdmin')
  const security = await bank.as('security')
  const cards = await every((query) => officer.GET('/scorecards', { params: { query } }))
  const lists = await Promise.all<unknown>([
    every((query) => officer.GET('/staff', { params: { query } })), every((query) => officer.GET('/units', { params: { query } })),
    every((query) => officer.GET('/metrics', { params: { query } })), every((query) => officer.GET('/rubrics', { params: { query } })),
    every((query) => officer.GET('/batches', { params: { query } })), every((query) => security.GET('/users', { params: { query } })),
    every((query) => security.GET('/grants', { params: { query } })), security.GET('/roles').then(({ data }) => data?.items),
  ])
  gather([cards, ...lists], '', into)
  const manager = await bank.as('outletManager')
  const { open } = await bank.months()
  gather((await manager.GET('/periods/{period}/review-grid', { params: { path: { period: open }, query: { limit: 200 } } })).data, '', into)
  for (const { code: period } of await every((query) => officer.GET('/periods', { params: { query } }))) {
    gather((await officer.GET('/periods/{period}', { params: { path: { period } } })).data, '', into)
  }
  for (const { code } of cards) {
    const versions = await officer.GET('/scorecards/{scorecard}/versions', { params: { path: { scorecard: code }, query: { limit: 20 } } })
    for (const { number } of versions.data?.items ?? []) {
      gather((await officer.GET('/scorecards/{scorecard}/versions/{number}', { params: { path: { scorecard: code, number } } })).data, '', into)
    }
  }
  // What is longest comes first: a name may hold another.
  const sorted = (words: Set<string>) => [...words].filter((word) => word.trim() !== '').sort((a, b) => b.length - a.length)
  return { zh: sorted(into.zh), en: sorted(into.en) }
}

const known = new WeakMap<Bank, Promise<Content>>()

/** The bank's own words, read once. */
export function contentOf(bank: Bank): Promise<Content> {
  const had = known.get(bank) ?? read(bank)
  known.set(bank, had)
  return had
}
