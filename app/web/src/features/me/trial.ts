import { type Explanation, type Item, keyOf } from '@/components/explanation'
import type { Schema } from '@/lib/api'

type WhatIf = Schema<'WhatIf'>

/** What can be changed of an item: the actual of a metric, the points of ratings and surveys, the counts of events. */
export const kindOf = (item: Item): 'actual' | 'points' | 'events' =>
  item.source === 'metric' ? 'actual' : item.source === 'events' ? 'events' : 'points'

/** By what the address names a figure: that of an item, or of one type of its events. */
export const inputKey = (segment: number, item: Item, type?: string): string => keyOf(segment, item) + (type === undefined ? '' : `:${type}`)

/** Reads a figure as it is typed: full-width digits, separators of thousands, a minus of print. Undefined: it is none. */
export function figure(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/[,，\s_]/g, '').replace(/[−－]/g, '-').replace(/。/g, '.')
  return /^-?\d{1,15}(\.\d{1,8})?$/.test(plain) ? plain : undefined
}

/** The figures that differ from the result, as the API is asked. */
export function changesOf(explanation: Explanation, typed: ReadonlyMap<string, string>): WhatIf['changes'] {
  return explanation.segments.flatMap((segment, at) => segment.items.flatMap((item): WhatIf['changes'] => {
    const kind = kindOf(item)
    if (kind !== 'events') {
      const value = figure(typed.get(inputKey(at, item)) ?? '')
      return value === undefined ? [] : [{ segment: at, item: item.item, [kind]: value }]
    }
    const counts = (item.events ?? []).flatMap(({ type }) => {
      const value = figure(typed.get(inputKey(at, item, type)) ?? '')
      return value !== undefined && /^\d{1,9}$/.test(value) ? [[type, Number(value)] as const] : []
    })
    if (counts.length === 0) return []
    const before = (item.events ?? []).map(({ type, count }) => [type, count] as const)
    return [{ segment: at, item: item.item, events: Object.fromEntries([...before, ...counts]) }]
  }))
}
