import { expect, test } from 'vitest'
import { type Key, type Situation, commandOf } from './keys'

const navigate: Situation = { editing: false, caret: false, lines: false, tabMoves: false }
const edit: Situation = { editing: true, caret: true, lines: false, tabMoves: false }

function press(keys: string, now: Situation, more: Partial<Key> = {}) {
  const parts = keys.split('+')
  return commandOf(
    {
      key: parts.at(-1) ?? '', ctrlKey: parts.includes('Ctrl'), metaKey: false, shiftKey: parts.includes('Shift'), altKey: parts.includes('Alt'),
      isComposing: false, keyCode: 0, ...more,
    },
    now,
  )
}

test('while an input method composes every key is its own', () => {
  for (const key of ['Enter', 'Escape', 'ArrowDown', 'Tab', 'Ctrl+s', 'Ctrl+z']) {
    for (const now of [navigate, edit]) {
      expect(press(key, now, { isComposing: true })).toBeUndefined()
      expect(press(key, now, { keyCode: 229 })).toBeUndefined()
    }
  }
})

test('Tab leaves the grid, unless the user wants it to move', () => {
  expect(press('Tab', navigate)).toBeUndefined()
  expect(press('Tab', { ...navigate, tabMoves: true })).toEqual({ do: 'move', dr: 0, dc: 1 })
  expect(press('Tab', edit)).toEqual({ do: 'commit', dr: 0, dc: 1 })
  expect(press('Shift+Tab', edit)).toEqual({ do: 'commit', dr: 0, dc: -1 })
})

test('arrows move, jump and extend; in the editor they are the caret\'s, but up and down of a figure', () => {
  expect(press('ArrowDown', navigate)).toEqual({ do: 'move', dr: 1, dc: 0, extend: false })
  expect(press('Ctrl+Shift+ArrowDown', navigate)).toEqual({ do: 'jump', dr: 1, dc: 0, extend: true })
  expect(press('ArrowLeft', edit)).toBeUndefined()
  expect(press('ArrowUp', edit)).toEqual({ do: 'commit', dr: -1, dc: 0 })
  expect(press('ArrowUp', { ...edit, lines: true })).toBeUndefined()
  expect(press('ArrowLeft', { ...edit, caret: false })).toEqual({ do: 'commit', dr: 0, dc: -1 })
})

test('Enter edits, then commits downwards', () => {
  expect(press('Enter', navigate)).toEqual({ do: 'edit' })
  expect(press('Enter', edit)).toEqual({ do: 'commit', dr: 1, dc: 0 })
  expect(press('Shift+Enter', edit)).toEqual({ do: 'commit', dr: -1, dc: 0 })
  expect(press('Ctrl+Enter', edit)).toEqual({ do: 'commitFill' })
  expect(press('Alt+Enter', edit)).toEqual({ do: 'newline' })
})

test('undo is the editor\'s own while it is open', () => {
  expect(press('Ctrl+z', navigate)).toEqual({ do: 'undo' })
  expect(press('Ctrl+z', edit)).toBeUndefined()
  expect(press('Ctrl+Shift+z', navigate)).toEqual({ do: 'redo' })
})

test('letters, Ctrl+K and the clipboard\'s keys are left to who knows them', () => {
  for (const key of ['4', '/', 'Ctrl+k', 'Ctrl+c', 'Ctrl+v', 'Ctrl+x']) expect(press(key, navigate)).toBeUndefined()
})
