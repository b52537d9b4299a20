import { describe, expect, it } from 'vitest'
import { narrow, shift } from './decimal'
import { changed, stepped } from './history'
import { cardOf, definitionOf, withMethod, withSource } from './model'
import { rangeOf } from './range'

const definition = {
  code: 'rm', name: { zh: '客户经理', en: 'RM' }, positions: ['rm'], peer_group: 'bank', precision: 2, total_cap: '120',
  perspectives: [
    {
      key: 'p', name: 'P', items: [
        { key: 'a', weight: '40', source: 'metric', flow: true, missing: 'neutral', neutral: '80', method: { type: 'steps', of: 'actual', strict: true, below: '40', table: [{ from: '30', score: '60' }] } },
        { key: 'b', weight: '30', source: 'rating', rating: { levels: { 5: '100', 1: '0' }, roles: [{ role: 'manager', weight: '60', min: 2, required: true }] }, method: { type: 'direct' } },
        { key: 'c', weight: '20', source: 'survey', survey: { scale_min: '1', scale_max: '5', min_count: 3 }, method: { type: 'interpolate', points: [{ x: '0', score: '0' }, { x: '100', score: '100' }] } },
        { key: 'd', weight: '10', source: 'events', method: { type: 'deduct', points: { late: '5' } } },
      ],
    },
  ],
  grades: [{ grade: 'A', min: '90', coefficient: '1.2' }, { grade: 'B' }],
}

function firstItem() {
  const item = cardOf(definition).perspectives[0]?.items[0]
  if (!item) throw new Error('the definition has no item')
  return item
}

describe('a scorecard while it is edited', () => {
  it('is written as it was read', () => {
    expect(definitionOf(cardOf(definition))).toEqual(definition)
  })

  it('loses what another source does not know', () => {
    const item = firstItem()
    const events = withSource(item, 'events')
    expect(events.method.type).toBe('deduct')
    expect(definitionOf({ ...cardOf(definition), perspectives: [{ key: 'p', name: { zh: '', en: '' }, items: [events] }] }).perspectives).toEqual([
      { key: 'p', items: [{ key: 'a', weight: '40', source: 'events', missing: 'neutral', neutral: '80', method: { type: 'deduct', points: {} } }] },
    ])
  })

  it('keeps the rows between steps and a line', () => {
    const item = firstItem()
    expect(withMethod(item, 'interpolate').method.rows).toEqual([{ a: '30', b: '60' }])
  })

  it('draws what its method speaks of', () => {
    const item = firstItem()
    expect(rangeOf(item)).toEqual({ from: '0', to: '60' })
    expect(rangeOf(withMethod(item, 'ratio'))).toEqual({ from: '0', to: '1.5' })
  })
})

describe('steps that can be taken back', () => {
  it('has typing on in one place as one step', () => {
    let state = { past: [] as readonly number[], now: 0, future: [] as readonly number[], at: '' }
    for (const [now, at] of [[1, 'x'], [12, 'x'], [3, 'y']] as const) state = stepped(state, { kind: 'edit', now, at })
    state = stepped(state, { kind: 'undo' })
    expect(state.now).toBe(12)
    state = stepped(state, { kind: 'undo' })
    expect(state.now).toBe(0)
    expect(stepped(stepped(state, { kind: 'redo' }), { kind: 'redo' }).now).toBe(3)
  })

  it('changes a value deep inside a copy', () => {
    const before = { list: [{ a: 1 }, { a: 2 }] }
    expect(changed(before, ['list', 1, 'a'], 5)).toEqual({ list: [{ a: 1 }, { a: 5 }] })
    expect(before.list[1]?.a).toBe(2)
  })
})

describe('a decimal', () => {
  it('moves its point exactly', () => {
    for (const [text, places, want] of [
      ['0.85', 2, '85'], ['113.04', -2, '1.1304'], ['1', 2, '100'], ['5', -2, '0.05'], ['-0.5', 2, '-50'], ['0', 2, '0'], ['80.', -2, '0.8'], ['abc', 2, 'abc'],
      ['0.333333', 2, '33.3333'], ['', 2, ''],
    ] as const) expect(shift(text, places)).toBe(want)
  })

  it('may be typed in full width', () => expect(narrow('１２．５')).toBe('12.5'))
})
