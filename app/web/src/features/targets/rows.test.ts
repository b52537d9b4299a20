import { expect, test } from 'vitest'
import { Pending, type Target, keyOf } from './rows'

const row: Target = {
  staff_no: '007001', name: '张伟', unit: 'B0101', position: '客户经理', metric: 'deposits', metric_name: '存款', unit_of_measure: '万元', decimals: 2,
  target: '100', baseline: '80', version: 7,
}
const key = keyOf(row)
const stored = (_row: string, column: string) => (column === 'target' ? '100' : '80')

test('a cell that is back where it was is not pending', () => {
  const pending = new Pending()
  pending.take([{ row: key, column: 'target', before: '100', after: '120' }], stored)
  expect(pending.size).toBe(1)
  pending.take([{ row: key, column: 'target', before: '120', after: '100' }], stored)
  expect(pending.size).toBe(0)
})

test('a change of the baseline alone keeps the target that stands there', () => {
  const pending = new Pending()
  pending.take([{ row: key, column: 'baseline', before: '80', after: '' }], stored)
  expect(pending.changes(() => row)).toEqual([{
    key, cell: { staff_no: '007001', unit: 'B0101', position: '客户经理', metric: 'deposits', version: 7, target: '100', baseline: '' },
  }])
})

test('what was saved is not pending any more', () => {
  const pending = new Pending()
  pending.take([{ row: key, column: 'target', before: '100', after: '120' }], stored)
  pending.done(key)
  expect(pending.size).toBe(0)
})
