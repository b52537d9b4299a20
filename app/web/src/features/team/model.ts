import type { Part } from '@/components/charts'
import type { Schema } from '@/lib/api'
import { content } from '@/lib/text'

export type Row = Schema<'ItemResultRow'>

/** The rows of one scorecard, with its items as columns. */
export interface Card {
  code: string
  items: { key: string; name: string }[]
  rows: Row[]
}

/** Sorts rows by their scorecards, each in the order in which it is first met. */
export function cardsOf(rows: readonly Row[]): Card[] {
  const cards = new Map<string, Card>()
  for (const row of rows) {
    const { scorecard } = row.result
    const card = cards.get(scorecard) ?? { code: scorecard, items: [], rows: [] }
    cards.set(scorecard, card)
    card.rows.push(row)
    for (const item of row.items) if (!card.items.some((one) => one.key === item.item)) card.items.push({ key: item.item, name: content(item.name) })
  }
  return [...cards.values()]
}

/** How many have each grade, the best first; those without one last. */
export function gradesOf(rows: readonly Row[], ungraded: string): Part[] {
  const counts = new Map<string, number>()
  for (const { result } of rows) counts.set(result.grade ?? '', (counts.get(result.grade ?? '') ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)))
    .map(([grade, n]) => ({ key: grade || 'none', label: grade || ungraded, text: String(n), length: n }))
}

/** Where the focus goes from a cell: one further in the direction of a key, or to an end. */
export function moved(at: readonly [number, number], key: string, rows: number, columns: number): readonly [number, number] | undefined {
  const [row, column] = at
  switch (key) {
    case 'ArrowUp': return [Math.max(0, row - 1), column]
    case 'ArrowDown': return [Math.min(rows - 1, row + 1), column]
    case 'ArrowLeft': return [row, Math.max(0, column - 1)]
    case 'ArrowRight': return [row, Math.min(columns - 1, column + 1)]
    case 'Home': return [row, 0]
    case 'End': return [row, columns - 1]
    default: return undefined
  }
}
