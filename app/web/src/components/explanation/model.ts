import type { Step } from '@/components/charts'
import type { Schema } from '@/lib/api'
import { decimal, drawn, score } from '@/lib/format'
import { type Say, content } from '@/lib/text'
import type { explanationTexts } from './texts'

export type Explanation = Schema<'Explanation'>
export type Segment = Schema<'ExplainedSegment'>
export type Item = Schema<'ExplainedItem'>
type Words = Say<keyof (typeof explanationTexts)['words']>

/** The fixed fields of a result. */
export interface Figures {
  status: 'complete' | 'incomplete' | 'not_assessed' | 'partial'
  base: string | null
  total: string | null
  grade: string | null
  coefficient: string | null
  rank: number | null
  peers: number | null
}

export const figuresOf = (explanation: Explanation): Figures => explanation.result as unknown as Figures

/** Ranks among fewer peers say too much about each of them. */
export const leastPeers = 10

/** By what the address names an item of a segment. */
export const keyOf = (segment: number, item: Item): string => `${segment}.${item.item}`

/** The key of what the address names when it asks for the total. */
export const totalKey = 'total'

/** Finds the item that a key names, with its segment; `main.` stands for the segment that the result is shown by. */
export function itemOf(explanation: Explanation, key: string | undefined): { segment: Segment; item: Item; at: number } | undefined {
  const [at = '', ...rest] = (key ?? '').split('.')
  const name = rest.join('.')
  const has = (segment: Segment) => segment.items.some((one) => one.item === name)
  const place = at === 'main' ? [explanation.segments.findIndex((s) => s.main && has(s)), explanation.segments.findLastIndex(has)].find((i) => i >= 0) : Number(at)
  const segment = place === undefined ? undefined : explanation.segments[place]
  const item = segment?.items.find((one) => one.item === name)
  return segment && item && place !== undefined ? { segment, item, at: place } : undefined
}

/** The keys of all items in their order. */
export const keysOf = (explanation: Explanation): string[] =>
  explanation.segments.flatMap((segment, at) => segment.items.map((item) => keyOf(at, item)))

/** The segments that count. */
export const counting = (explanation: Explanation): { segment: Segment; at: number }[] =>
  explanation.segments.map((segment, at) => ({ segment, at })).filter(({ segment }) => segment.counts)

/** Perspectives and items of a segment, one after the other. */
export function segmentSteps(segment: Segment, at: number): Step[] {
  return segment.perspectives.flatMap((perspective, p) => [
    { key: `${at}-p${p}`, kind: 'group' as const, label: content(perspective.name), points: perspective.points },
    ...segment.items.filter((item) => item.perspective === p).map((item) => ({
      key: keyOf(at, item), kind: 'item' as const, label: content(item.name), points: item.points, lost: item.lost, colour: p,
    })),
  ])
}

/** What leads from the base to the total, in words. */
export function stepLabel(step: Schema<'ExplainedStep'>, say: Words): string {
  return step.name ? say('named', { kind: say(step.kind), name: content(step.name) }) : say(step.kind)
}

/**
 * Everything that makes the total: the items where there is one segment, the
 * segments where there are several; then bonuses, deductions and limits.
 */
export function totalSteps(explanation: Explanation, say: Words): Step[] {
  const { total } = figuresOf(explanation)
  const segments = counting(explanation)
  const [first] = segments
  const parts: Step[] = first && segments.length === 1
    ? segmentSteps(first.segment, first.at)
    : segments.map(({ segment, at }) => ({
        key: `segment-${at}`, kind: 'item', label: segment.place ?? content(segment.name), points: segment.points, colour: at,
      }))
  if (explanation.rounding) parts.push({ key: 'rounding', kind: 'item', label: say('rounding'), points: explanation.rounding, less: true })
  explanation.steps.forEach((step, i) =>
    parts.push({ key: `step-${i}`, kind: 'item', label: stepLabel(step, say), points: step.points, less: step.points.startsWith('-') }))
  return [...parts, { key: totalKey, kind: 'total', label: say('total'), points: total }]
}

/** What the waterfall says, for those who do not see it. */
export function summaryOf(explanation: Explanation, say: Words): string {
  const steps = totalSteps(explanation, say).filter((step) => step.kind === 'item')
  const parts = steps.map((step) => say('summaryPart', { name: step.label, points: score(step.points) })).join('')
  return say('summary', { total: score(figuresOf(explanation).total), parts })
}

/** The items that most points can be gained from, the most first. */
export function costly(explanation: Explanation): { key: string; item: Item }[] {
  return counting(explanation)
    .flatMap(({ segment, at }) => segment.items.map((item) => ({ key: keyOf(at, item), item })))
    .filter(({ item }) => item.lost)
    .sort((a, b) => drawn(b.item.lost) - drawn(a.item.lost))
}

/** Lines across a waterfall where grades begin. */
export const gradeMarks = (explanation: Explanation): { at: number; label: string }[] =>
  explanation.grades.filter((grade) => grade.min).map((grade) => ({ at: drawn(grade.min), label: grade.grade }))

/** What the bullet of an item shows: the share of its target where it has one, else its score of 100. */
export function bulletOf(item: Item, say: Words): { label: string; value: number | undefined; target: number; floor?: number; cap?: number } {
  const name = content(item.name)
  if (item.of === 'attainment' && item.value) {
    const ratio = item.method === 'ratio'
    return {
      label: say('bulletTarget', { name, actual: decimal(item.actual), target: decimal(item.target) }), value: drawn(item.value) * 100, target: 100,
      ...(ratio && item.floor && { floor: drawn(item.floor) }), ...(ratio && item.cap && { cap: drawn(item.cap) }),
    }
  }
  return { label: say('bullet', { name, score: score(item.score) }), value: item.score ? drawn(item.score) : undefined, target: 100 }
}
