import { drawn } from '@/lib/format'
import { type Item, ofValue } from './model'

/** Of which values a curve is drawn where nobody says: those that its method speaks of, with room on both sides. */
export function rangeOf(item: Item): { from: string; to: string } {
  const of = ofValue(item.method, item.source)
  if (item.source === 'events') return { from: '0', to: '10' }
  const { values, rows, type } = item.method
  const named = [
    ...(type === 'steps' || type === 'interpolate' ? rows.map((row) => row.a) : []),
    ...(type === 'increments' ? [values.from] : []),
    ...(type === 'efficacy' ? [values.unsatisfactory, values.satisfactory] : []),
    ...(type === 'threshold' ? [values.value] : []),
  ].filter((value): value is string => !!value && Number.isFinite(Number(value))).map(drawn)
  if (type === 'increments' && named.length) {
    const reach = Math.abs(drawn(values.step) || 1) * 12
    named.push((named[0] ?? 0) - reach, (named[0] ?? 0) + reach)
  }
  if (of === 'attainment') named.push(0, Math.max(1.5, drawn(values.cap) / 100 + 0.1))
  if (of === 'points') named.push(0, 100)
  if (of === 'growth') named.push(-0.2, 0.4)
  const low = Math.min(...named)
  const high = Math.max(...named)
  if (!named.length || low === high) {
    const size = Math.abs(low) || 100
    return { from: place(Number.isFinite(low) ? low - size : 0), to: place(Number.isFinite(high) ? high + size : 100) }
  }
  const room = of === 'attainment' || of === 'points' ? 0 : (high - low) * 0.25
  return { from: place(low - room), to: place(high + room) }
}

const place = (n: number): string => String(Number(n.toPrecision(3)))
