import { drawn } from '@/lib/format'

/** One line of a waterfall. Figures are exact texts; where they are null nothing is drawn. */
export interface Step {
  key: string
  /** A group heads the items that follow it; a total starts at 0 again. */
  kind: 'group' | 'item' | 'total'
  label: string
  points: string | null | undefined
  /** What was not reached. */
  lost?: string | null
  /** Which colour, by its place in the order of the perspectives. */
  colour?: number
  /** Points that are taken away, or limited. */
  less?: boolean
}

/** Where a bar starts and ends, for drawing alone. */
export interface Placed {
  step: Step
  from: number
  to: number
  /** Where what was not reached ends. */
  lostTo: number
}

/** Lays the bars one after the other: each item starts where the last ended. */
export function placed(steps: readonly Step[]): Placed[] {
  let at = 0
  return steps.map((step, i) => {
    const points = drawn(step.points)
    switch (step.kind) {
      case 'total':
        at = points
        return { step, from: 0, to: points, lostTo: points }
      case 'group': {
        const reach = steps.slice(i + 1, groupEnd(steps, i)).reduce((sum, one) => sum + drawn(one.points), 0)
        return { step, from: at, to: at + reach, lostTo: at + reach }
      }
      case 'item': {
        const from = at
        at += points
        return { step, from, to: at, lostTo: at + drawn(step.lost) }
      }
    }
  })
}

function groupEnd(steps: readonly Step[], from: number): number {
  const next = steps.findIndex((step, i) => i > from && (step.kind !== 'item' || step.colour === undefined))
  return next < 0 ? steps.length : next
}

/** How far the axis reaches: round, and at least to 100 where totals are of 100. */
export function reach(bars: readonly Placed[], least: number): number {
  const most = Math.max(least, ...bars.map((bar) => Math.max(bar.from, bar.to, bar.lostTo)))
  const round = most > 50 ? 10 : most > 10 ? 5 : 1
  return Math.ceil(most / round) * round
}
