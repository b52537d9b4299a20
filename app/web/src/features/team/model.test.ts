import { expect, test } from 'vitest'
import { type Row, cardsOf, gradesOf, moved } from './model'

const row = (staff_no: string, scorecard: string, grade: string | null, items: string[]): Row => ({
  result: {
    staff_no, name: staff_no, unit: 'B1', position: '', scorecard, status: 'complete', base: '1', bonus: '0', deduction: '0', total: '1', grade,
    coefficient: null, rank: null, peers: null,
  },
  items: items.map((item) => ({ item, name: { zh: item, en: item }, perspective: { zh: '', en: '' }, weight: '50' })),
})

test('people stand under the scorecard that they are judged by, with its items', () => {
  const cards = cardsOf([row('1', 'rm', 'A', ['a', 'b']), row('2', 'teller', 'B', ['c']), row('3', 'rm', null, ['a'])])
  expect(cards.map((card) => [card.code, card.rows.length, card.items.map((item) => item.key)])).toEqual([['rm', 2, ['a', 'b']], ['teller', 1, ['c']]])
})

test('grades are counted, the best first, those without one last', () => {
  const parts = gradesOf([row('1', 'rm', null, []), row('2', 'rm', 'B', []), row('3', 'rm', 'A', []), row('4', 'rm', 'B', [])], 'none')
  expect(parts.map((part) => [part.label, part.text])).toEqual([['A', '1'], ['B', '2'], ['none', '1']])
})

test('the focus stays within the heat map', () => {
  expect(moved([0, 0], 'ArrowUp', 3, 4)).toEqual([0, 0])
  expect(moved([2, 1], 'ArrowDown', 3, 4)).toEqual([2, 1])
  expect(moved([1, 1], 'End', 3, 4)).toEqual([1, 3])
  expect(moved([1, 1], 'a', 3, 4)).toBeUndefined()
})
