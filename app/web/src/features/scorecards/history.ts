import { useCallback, useReducer } from 'react'

export type Path = readonly (string | number)[]

/** A copy of a value with another one at a path inside it. */
export function changed<T>(value: T, path: Path, to: unknown): T {
  const [head, ...rest] = path
  if (head === undefined) return to as T
  if (Array.isArray(value)) return value.map((one, i) => (i === Number(head) ? changed(one, rest, to) : one)) as T
  const object = value as Record<string, unknown>
  return { ...object, [head]: changed(object[String(head)], rest, to) } as T
}

interface State<T> { past: readonly T[]; now: T; future: readonly T[]; at: string }
type Step<T> = { kind: 'edit'; now: T; at: string } | { kind: 'undo' } | { kind: 'redo' } | { kind: 'start'; now: T }

const most = 200

/** What a step makes of an edited value: typing on in one place is one step to undo. */
export function stepped<T>(state: State<T>, step: Step<T>): State<T> {
  switch (step.kind) {
    case 'start':
      return { past: [], now: step.now, future: [], at: '' }
    case 'edit': {
      const goesOn = step.at !== '' && step.at === state.at
      return { past: goesOn ? state.past : [...state.past, state.now].slice(-most), now: step.now, future: [], at: step.at }
    }
    case 'undo': {
      const before = state.past.at(-1)
      return before === undefined ? state : { past: state.past.slice(0, -1), now: before, future: [state.now, ...state.future], at: '' }
    }
    case 'redo': {
      const [next, ...rest] = state.future
      return next === undefined ? state : { past: [...state.past, state.now], now: next, future: rest, at: '' }
    }
  }
}

/** A value that is edited in steps that can be taken back. */
export function useHistory<T>(first: T) {
  const [state, step] = useReducer(stepped<T>, { past: [], now: first, future: [], at: '' })
  return {
    now: state.now,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    edit: useCallback((now: T, at = '') => step({ kind: 'edit', now, at }), []),
    undo: useCallback(() => step({ kind: 'undo' }), []),
    redo: useCallback(() => step({ kind: 'redo' }), []),
    start: useCallback((now: T) => step({ kind: 'start', now }), []),
  }
}
