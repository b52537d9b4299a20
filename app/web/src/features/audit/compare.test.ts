import { expect, test } from 'vitest'
import { compareStates } from './compare'

test('fields of both states stand side by side', () => {
  expect(compareStates({ state: 'active', email: 'a@b' }, { state: 'disabled', until: null })).toEqual([
    { field: 'state', before: 'active', after: 'disabled' },
    { field: 'email', before: 'a@b', after: undefined },
    { field: 'until', before: undefined, after: 'null' },
  ])
})

test('what was made has no before', () => {
  expect(compareStates(undefined, { code: 'x', lines: [1, 2] })).toEqual([
    { field: 'code', before: undefined, after: 'x' },
    { field: 'lines', before: undefined, after: '[1,2]' },
  ])
})

test('a state that is no record is one field', () => {
  expect(compareStates('old', 'new')).toEqual([{ field: '', before: 'old', after: 'new' }])
  expect(compareStates(undefined, undefined)).toEqual([])
})
