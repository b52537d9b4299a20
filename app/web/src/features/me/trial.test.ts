import { expect, test } from 'vitest'
import type { Explanation, Item } from '@/components/explanation'
import { changesOf, figure } from './trial'

const item = (key: string, source: Item['source'], more: Partial<Item> = {}): Item => ({
  item: key, name: { zh: key, en: key }, perspective: 0, source, status: 'scored', weight: '50', line: '', ...more,
})

const explanation: Explanation = {
  period: '2026-10', run: 1, rules: '1.0', published: true, staff_no: '1', name: '', result: {}, trace: [], steps: [], grades: [],
  segments: [{
    scorecard: 'rm', name: { zh: '', en: '' }, days: 31, counts: true, main: true, perspectives: [],
    items: [item('deposits', 'metric'), item('teamwork', 'rating'), item('risk', 'events', { events: [{ type: 'late', name: { zh: 'late', en: 'late' }, count: 1, points: '5' }, { type: 'fraud', name: { zh: 'fraud', en: 'fraud' }, count: 0, points: '50' }] })],
  }],
}

test('figures are read as people type them', () => {
  expect(['1,250.50', '１２。５', '−3', ' 7 ', '', 'abc', '1.2.3'].map(figure)).toEqual(['1250.50', '12.5', '-3', '7', undefined, undefined, undefined])
})

test('only what was typed and can be read is asked', () => {
  const typed = new Map([['0.deposits', '1,000'], ['0.teamwork', '九十'], ['0.risk:late', '0']])
  expect(changesOf(explanation, typed)).toEqual([
    { segment: 0, item: 'deposits', actual: '1000' },
    { segment: 0, item: 'risk', events: { late: 0, fraud: 0 } },
  ])
})

test('the count of events is a whole number', () => {
  expect(changesOf(explanation, new Map([['0.risk:late', '1.5']]))).toEqual([])
})
