import { expect, test } from 'vitest'
import type { Schema } from '@/lib/api'
import { cardChanges, itemsOf, monthsOf, nextMonth, totalsOf } from './trend'

const result = (period: string, total: string, scorecard = 'rm', score = '80.00'): Schema<'MemberResult'> => ({
  period,
  published_at: `${period}-28T00:00:00Z`,
  result: {
    staff_no: '1', name: '', unit: 'B1', position: '', scorecard, status: 'complete', base: total, bonus: '0.00', deduction: '0.00', total, grade: 'A',
    coefficient: null, rank: null, peers: null,
  },
  items: [{ item: 'deposits', name: { zh: '存款', en: 'Deposits' }, perspective: { zh: '', en: '' }, weight: '20', score }],
})

test('the year turns', () => expect(nextMonth('2025-12')).toBe('2026-01'))

test('a month without a result is a gap', () => {
  const results = [result('2026-03', '90.00'), result('2026-01', '80.00')]
  const months = monthsOf(results)
  expect(months).toEqual(['2026-01', '2026-02', '2026-03'])
  expect(totalsOf(results, months, 'Total').values).toEqual(['80.00', null, '90.00'])
  expect(itemsOf(results, months, ['deposits', 'gone']).map((one) => one.values)).toEqual([['80.00', null, '80.00']])
})

test('another scorecard is marked where it began, also after a gap', () => {
  const results = [result('2026-01', '1'), result('2026-02', '1'), result('2026-04', '1', 'teller'), result('2026-05', '1', 'teller')]
  expect(cardChanges(results, monthsOf(results))).toEqual([3])
})
