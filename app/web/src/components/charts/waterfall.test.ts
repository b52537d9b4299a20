import { expect, test } from 'vitest'
import { heatStep } from './heat'
import { binsOf } from './parts'
import { type Step, placed, reach } from './waterfall.model'

const item = (key: string, points: string | null, more: Partial<Step> = {}): Step => ({ key, kind: 'item', label: key, points, colour: 0, ...more })

const steps: Step[] = [
  { key: 'p1', kind: 'group', label: 'financial', points: '30.00' },
  item('a', '20.00', { lost: '5.00' }),
  item('b', '10.00'),
  { key: 'p2', kind: 'group', label: 'customer', points: '12.50' },
  item('c', '12.50'),
  item('fine', '-2.50', { colour: undefined, less: true }),
  { key: 'total', kind: 'total', label: 'total', points: '40.00' },
]

test('each bar starts where the one before it ended, and the total starts at nothing', () => {
  const bars = placed(steps)
  expect(bars.map(({ from, to }) => [from, to])).toEqual([[0, 30], [0, 20], [20, 30], [30, 42.5], [30, 42.5], [42.5, 40], [0, 40]])
  expect(bars[1]?.lostTo).toBe(25)
})

test('an item without points takes no room', () => {
  expect(placed([item('a', null), item('b', '3')]).map(({ from, to }) => [from, to])).toEqual([[0, 0], [0, 3]])
})

test('the axis reaches to all that is drawn, and to 100 where that is asked for', () => {
  expect(reach(placed(steps), 100)).toBe(100)
  expect(reach(placed([item('a', '112.00')]), 100)).toBe(120)
  expect(reach(placed([item('a', '7.2')]), 0)).toBe(8)
})

test('scores stand on five steps', () => {
  expect([0, 59.99, 60, 75, 84.9, 85, 95, 120].map(heatStep)).toEqual([0, 0, 1, 2, 2, 3, 4, 4])
})

test('everybody is counted in one range', () => {
  const bins = binsOf([12, 60, 69.99, 70, 100, 130], 60, 100, 10)
  expect(bins.map((bin) => [bin.label, bin.length])).toEqual([['60–70', 3], ['70–80', 1], ['80–90', 0], ['90–100', 2]])
})
