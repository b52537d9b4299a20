import { expect, test } from 'vitest'
import { stepOf } from './coverage-page'

test('the darkest step is for what is there to the last', () => {
  expect([0, 1, 49, 50, 99, 100].map((present) => stepOf({ expected: 100, present }))).toEqual([0, 0, 1, 2, 3, 4])
})
