import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem, Unreachable } from '../api'
import { outbox } from './outbox'
import { type Answer, Saver, type Sent } from './saver'

let user = 0
let send: (cells: readonly Sent<string>[]) => Promise<readonly Answer<string>[]>
let states: Record<string, string>

function saverOf(name = `u${user}`) {
  const saver = new Saver<string>({
    user: name,
    scope: 'reviews/2026-11',
    send: (cells) => send(cells),
    same: (a, b) => a === b,
    ready: (value) => value !== '9',
  })
  saver.listen((cell, state) => (states[cell] = state?.is ?? 'saved'))
  return saver
}

const good = async (cells: readonly Sent<string>[]) => cells.map((c): Answer<string> => ({ is: 'saved', version: c.version + 1 }))

beforeEach(() => {
  user++
  states = {}
  send = vi.fn(good)
})
afterEach(() => vi.useRealTimers())

test('cells are sent a moment after the last change, all in one request, with the version that was seen', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const saver = saverOf()
  saver.know('a', { version: 3, value: '' })
  saver.write([{ cell: 'a', value: '4' }])
  vi.advanceTimersByTime(700)
  saver.write([{ cell: 'b', value: '5' }])
  vi.advanceTimersByTime(700)
  expect(send).not.toHaveBeenCalled()
  vi.advanceTimersByTime(100)
  expect(send).toHaveBeenCalledExactlyOnceWith([{ cell: 'a', value: '4', version: 3 }, { cell: 'b', value: '5', version: 0 }])
})

test('what is saved leaves the outbox; what cannot be sent stays there', async () => {
  const saver = saverOf()
  saver.write([{ cell: 'a', value: '4' }, { cell: 'b', value: '9' }])
  await saver.flush()
  expect(states).toEqual({ a: 'saved', b: 'held' })
  await vi.waitFor(async () => expect((await outbox.of(`u${user}`, 'reviews/2026-11')).map((e) => e.cell)).toEqual(['b']))
  expect(saver.status()).toMatchObject({ state: 'idle', waiting: 0 })
})

test('what is written while a request is under way is sent after it, on the new version', async () => {
  const saver = saverOf()
  const asked: number[] = []
  send = async (cells) => {
    asked.push(cells[0]?.version ?? -1)
    if (asked.length === 1) saver.write([{ cell: 'a', value: '5' }])
    return good(cells)
  }
  saver.write([{ cell: 'a', value: '4' }])
  await saver.flush()
  expect(asked).toEqual([0, 1])
  expect(saver.knows('a')).toEqual({ version: 2, value: '5' })
})

test('without a network everything waits, and goes when it is back', async () => {
  const saver = saverOf()
  send = async () => {
    throw new Unreachable('no network')
  }
  saver.write([{ cell: 'a', value: '4' }, { cell: 'b', value: '3' }])
  await saver.flush()
  expect(saver.status()).toMatchObject({ state: 'offline', waiting: 2 })
  send = vi.fn(good)
  await saver.flush()
  expect(saver.status()).toMatchObject({ state: 'idle', waiting: 0 })
})

test('a reload brings back what was not sent', async () => {
  const first = saverOf()
  send = async () => {
    throw new Unreachable('no network')
  }
  first.write([{ cell: 'a', value: '4' }])
  await first.flush()
  await vi.waitFor(async () => expect(await outbox.count(`u${user}`)).toBe(1))
  send = vi.fn(good)
  const second = saverOf()
  expect(await second.restore()).toEqual([{ cell: 'a', value: '4' }])
  await second.flush()
  expect(states.a).toBe('saved')
})

test('what another user left is not brought back', async () => {
  const saver = saverOf('somebody')
  send = async () => {
    throw new Unreachable('no network')
  }
  saver.write([{ cell: 'a', value: '4' }])
  await saver.flush()
  expect(await saverOf('another').restore()).toEqual([])
  await outbox.clear('somebody')
})

const moved = (value: string, version: number) => async (): Promise<Answer<string>[]> => [{ is: 'moved', theirs: { value, version, by: '007001', at: undefined } }]

test('two who wrote one cell: both values stand until somebody decides', async () => {
  const saver = saverOf()
  saver.know('a', { version: 1, value: '3' })
  send = moved('5', 2)
  saver.write([{ cell: 'a', value: '4' }])
  await saver.flush()
  expect(saver.pending('a')).toMatchObject({ value: '4', state: { is: 'conflict', theirs: { value: '5', by: '007001' } } })
  saver.write([{ cell: 'a', value: '2' }])
  expect(saver.pending('a')).toMatchObject({ value: '2', state: { is: 'conflict' } })
  send = vi.fn(good)
  saver.resolve('a', true)
  await saver.flush()
  expect(send).toHaveBeenCalledWith([{ cell: 'a', value: '2', version: 2 }])
})

test('theirs is taken without being sent', async () => {
  const saver = saverOf()
  send = moved('5', 2)
  saver.write([{ cell: 'a', value: '4' }])
  await saver.flush()
  saver.resolve('a', false)
  expect(saver.pending('a')).toBeUndefined()
  expect(saver.knows('a')).toEqual({ version: 2, value: '5' })
})

test('an answer that was lost is no conflict with oneself', async () => {
  const saver = saverOf()
  send = moved('4', 1)
  saver.write([{ cell: 'a', value: '4' }])
  await saver.flush()
  expect(states.a).toBe('saved')
})

test('a refusal of the whole keeps everything, with its reason', async () => {
  const saver = saverOf()
  send = async () => {
    throw new Problem({ status: 409, code: 'review.period', title: 'published' })
  }
  saver.write([{ cell: 'a', value: '4' }])
  await saver.flush()
  expect(saver.status()).toMatchObject({ state: 'stopped', reason: 'published' })
  expect(saver.unsaved()).toHaveLength(1)
  await vi.waitFor(async () => expect(await outbox.count(`u${user}`)).toBe(1))
})

test('a cell that is refused says why and stays', async () => {
  const saver = saverOf()
  send = async () => [{ is: 'refused', reason: 'not yours' }]
  saver.write([{ cell: 'a', value: '4' }])
  await saver.flush()
  expect(saver.pending('a')).toMatchObject({ state: { is: 'refused', reason: 'not yours' } })
  expect(saver.status()).toMatchObject({ waiting: 0, refused: 1 })
})
