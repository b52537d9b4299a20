import type { Series } from '@/components/charts'
import type { Schema } from '@/lib/api'
import { content } from '@/lib/text'

type MemberResult = Schema<'MemberResult'>

/** The month after a month: `2026-12` → `2027-01`. */
export function nextMonth(code: string): string {
  const [year = 0, month = 0] = code.split('-').map(Number)
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}

/** The months from the first result to the last, those without a result too: a gap is a gap and not a nought. */
export function monthsOf(results: readonly MemberResult[]): string[] {
  const codes = results.map((one) => one.period).sort()
  const [first] = codes
  const last = codes.at(-1)
  const months: string[] = []
  for (let code = first; code && last && code <= last; code = nextMonth(code)) months.push(code)
  return months
}

/** The totals month by month. */
export function totalsOf(results: readonly MemberResult[], months: readonly string[], label: string): Series {
  const by = new Map(results.map((one) => [one.period, one.result.total]))
  return { key: 'total', label, values: months.map((month) => by.get(month) ?? null) }
}

/** The scores of some items month by month. */
export function itemsOf(results: readonly MemberResult[], months: readonly string[], keys: readonly string[]): Series[] {
  const names = itemNames(results)
  return keys.filter((key) => names.has(key)).map((key) => {
    const by = new Map(results.map((one) => [one.period, one.items.find((item) => item.item === key)?.score]))
    return { key, label: names.get(key) ?? key, values: months.map((month) => by.get(month) ?? null) }
  })
}

/** What the items of all months are called, by key; the latest name counts. */
export function itemNames(results: readonly MemberResult[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const one of results) for (const item of one.items) if (!names.has(item.item)) names.set(item.item, content(item.name))
  return names
}

/** Where another scorecard began to apply: the places of those months. */
export function cardChanges(results: readonly MemberResult[], months: readonly string[]): number[] {
  const cards = new Map(results.map((one) => [one.period, one.result.scorecard]))
  let last: string | undefined
  return months.flatMap((month, i) => {
    const card = cards.get(month)
    if (card === undefined) return []
    const changed = last !== undefined && card !== last
    last = card
    return changed ? [i] : []
  })
}
