import { expect, test, vi } from 'vitest'
import type { CellEdit, GridSpec } from './model'
import { GridStore } from './store'

interface Person {
  no: string
  name: string
  fixed?: boolean
}

const choices = ['5', '4', '3', '2', '1'].map((value) => ({ value }))

function gridOf(people: Person[], items = 5) {
  const spec: GridSpec<Person> = {
    rows: people,
    rowKey: (p) => p.no,
    rowLabel: (p) => p.name,
    rowIds: (p) => [p.no, p.name],
    columns: [
      { kind: 'text', key: 'name', title: '姓名', width: 100, value: (p) => p.name, frozen: true },
      { kind: 'text', key: 'no', title: '工号', width: 100, value: (p) => p.no, frozen: true },
      ...Array.from({ length: items }, (_, i) => ({ kind: 'choice' as const, key: `i${i}`, title: `项${i}`, width: 80, choices: () => choices, editable: (p: Person) => !p.fixed })),
      { kind: 'text', key: 'comment', title: '评语', width: 200, most: 500, editable: (p: Person) => !p.fixed, wants: (_p: Person, read: (c: string) => string) => (read('i0') === '5' && read('comment') === '' ? '必填' : undefined) },
    ],
  }
  const store = new GridStore(spec)
  const edits: CellEdit[][] = []
  store.listen({ onEdit: (list) => edits.push([...list]) })
  const texts = (column: string) => people.map((p) => store.cells.text(p.no, column))
  return { store, spec, edits, texts }
}

const people = (n: number): Person[] => Array.from({ length: n }, (_, i) => ({ no: `0070${String(i + 1).padStart(2, '0')}`, name: `员工${i + 1}` }))

const type = (store: GridStore<Person>, text: string) => {
  store.type(text)
  store.run({ do: 'commit', dr: 1, dc: 0 })
}

test('typing a level and Enter goes down; each is told as it is written', () => {
  const { store, edits, texts } = gridOf(people(3))
  store.select({ r: 0, c: 2 })
  for (const level of ['5', '４', '3']) type(store, level)
  expect(texts('i0')).toEqual(['5', '4', '3'])
  expect(edits.map((list) => list[0]?.after)).toEqual(['5', '4', '3'])
})

test('what cannot be read stays, with its reason, and is one of the wrong ones', () => {
  const { store, texts } = gridOf(people(2))
  store.select({ r: 0, c: 2 })
  type(store, '9')
  expect(texts('i0')).toEqual(['9', ''])
  expect(store.view({ row: '007001', column: 'i0' }).problem).toBeDefined()
  expect(store.status().wrong).toBe(1)
  store.nextWrong()
  expect(store.active).toEqual({ row: '007001', column: 'i0' })
})

test('a block of 31 × 5 with two bad cells is shown, taken with Enter, and undone by one step', () => {
  const { store, texts, edits } = gridOf(people(31))
  store.select({ r: 0, c: 2 })
  const block = Array.from({ length: 31 }, (_, r) => ['5', '4', '3', '2', r === 3 ? '7' : r === 9 ? '好' : '1'].join('\t')).join('\r\n') + '\r\n'
  store.paste(block)
  const { plan } = store.status()
  expect(plan).toMatchObject({ rows: 31, columns: 5, unreadable: 2, clipped: 0, matched: false })
  expect(texts('i0').every((t) => t === '')).toBe(true)
  store.decidePaste(true)
  expect(texts('i4')[3]).toBe('7')
  expect(store.status().wrong).toBe(2)
  expect(edits).toHaveLength(1)
  expect(edits[0]).toHaveLength(155)
  store.undo()
  for (const column of ['i0', 'i1', 'i2', 'i3', 'i4']) expect(texts(column).every((t) => t === '')).toBe(true)
  expect(store.status().wrong).toBe(0)
  store.redo()
  expect(texts('i0')[30]).toBe('5')
})

test('a dropped paste changes nothing', () => {
  const { store, texts, edits } = gridOf(people(2))
  store.select({ r: 0, c: 2 })
  store.paste('9')
  store.decidePaste(false)
  expect(texts('i0')).toEqual(['', ''])
  expect(edits).toEqual([])
})

test('a paste is clipped at what nobody may write, and never writes it', () => {
  const rows = people(3)
  rows[1] = { ...(rows[1] as Person), fixed: true }
  const { store, texts } = gridOf(rows, 1)
  store.select({ r: 0, c: 2 })
  store.paste('5\ta\tx\n4\tb\tx\n3\tc\tx\n2\td\tx')
  expect(store.status().plan).toBeUndefined()
  expect(texts('i0')).toEqual(['5', '', '3'])
  expect(texts('comment')).toEqual(['a', '', 'c'])
})

test('a first column of staff numbers or names finds the rows, in whatever order', () => {
  const { store, texts } = gridOf(people(3))
  store.select({ r: 0, c: 2 })
  store.paste('007003\t员工3\t1\t2\n007001\t员工1\t3\t4')
  expect(texts('i0')).toEqual(['3', '', '1'])
  expect(texts('i1')).toEqual(['4', '', '2'])
  store.paste('工号\t项2\t项1\n007002\t5\t4\n')
  expect(texts('i2')[1]).toBe('5')
  expect(texts('i1')[1]).toBe('4')
})

test('people whom nobody here knows are told before anything is pasted', () => {
  const { store } = gridOf(people(3))
  store.select({ r: 0, c: 2 })
  store.paste('007003\t1\n007001\t3\n999999\t3')
  expect(store.status().plan).toMatchObject({ matched: true, strangers: ['999999'] })
})

test('one copied cell fills the range; a block is laid over it again where it fits', () => {
  const { store, texts } = gridOf(people(4))
  store.select({ r: 0, c: 2 })
  store.select({ r: 3, c: 2 }, true)
  store.paste('3')
  expect(texts('i0')).toEqual(['3', '3', '3', '3'])
  store.select({ r: 0, c: 3 })
  store.select({ r: 3, c: 3 }, true)
  store.paste('1\n2')
  expect(texts('i1')).toEqual(['1', '2', '1', '2'])
})

test('fill down, fill right, fill the range with what is typed', () => {
  const { store, texts } = gridOf(people(3))
  store.select({ r: 0, c: 2 })
  type(store, '4')
  store.select({ r: 0, c: 2 })
  store.select({ r: 2, c: 2 }, true)
  store.run({ do: 'fillDown' })
  expect(texts('i0')).toEqual(['4', '4', '4'])
  store.select({ r: 0, c: 2 })
  store.select({ r: 2, c: 4 }, true)
  store.run({ do: 'fillRight' })
  expect(texts('i2')).toEqual(['4', '4', '4'])
  store.select({ r: 0, c: 5 })
  store.select({ r: 2, c: 5 }, true)
  store.type('2')
  store.run({ do: 'commitFill' })
  expect(texts('i3')).toEqual(['2', '2', '2'])
  store.run({ do: 'undo' })
  expect(texts('i3')).toEqual(['', '', ''])
})

test('a hundred steps and more can be taken back', () => {
  const { store, texts } = gridOf(people(1))
  for (let i = 0; i < 150; i++) {
    store.select({ r: 0, c: 2 })
    type(store, String((i % 5) + 1))
  }
  for (let i = 0; i < 150; i++) store.undo()
  expect(texts('i0')).toEqual([''])
})

test('a long text is kept while it is written, and is one step', () => {
  const { store, edits, texts } = gridOf(people(1))
  store.select({ r: 0, c: 7 })
  store.type('很')
  store.keepTyped()
  store.type('很好')
  store.keepTyped()
  expect(edits.map((list) => list[0]?.after)).toEqual(['很', '很好'])
  store.commit()
  store.undo()
  expect(texts('comment')).toEqual([''])
})

test('Esc brings back what stood there, also after it was kept', () => {
  const { store, texts } = gridOf(people(1))
  store.select({ r: 0, c: 7 })
  store.type('写错')
  store.keepTyped()
  store.run({ do: 'cancel' })
  expect(texts('comment')).toEqual([''])
})

test('what is copied is what stands in the cells', () => {
  const { store } = gridOf(people(2), 1)
  store.select({ r: 0, c: 2 })
  type(store, '5')
  store.select({ r: 0, c: 0 })
  store.select({ r: 1, c: 2 }, true)
  expect(store.copy()).toBe('员工1\t007001\t5\r\n员工2\t007002\t')
})

test('a key tells the cells that it changes, and no other', () => {
  const { store } = gridOf(people(60), 12)
  const told = vi.fn()
  const cells = [...Array(60).keys()].flatMap((r) => [...Array(12).keys()].map((c) => ({ r, c })))
  for (const { r, c } of cells) store.follow(`${`0070${String(r + 1).padStart(2, '0')}`}\u0000i${c}`, told)
  store.select({ r: 10, c: 5 })
  told.mockClear()
  store.run({ do: 'move', dr: 1, dc: 0 })
  expect(told).toHaveBeenCalledTimes(2)
  told.mockClear()
  store.type('4')
  expect(told).toHaveBeenCalledTimes(1)
})

test('Ctrl and an arrow go to the end of what is filled', () => {
  const { store } = gridOf(people(5))
  store.load([0, 1, 2].map((r) => ({ row: `00700${r + 1}`, column: 'i0', text: '3' })))
  store.select({ r: 0, c: 2 })
  store.run({ do: 'jump', dr: 1, dc: 0 })
  expect(store.status().selection.anchor).toEqual({ r: 2, c: 2 })
  store.run({ do: 'jump', dr: 1, dc: 0 })
  expect(store.status().selection.anchor).toEqual({ r: 4, c: 2 })
})

test('a cell says what it still lacks from what else stands in its row', () => {
  const { store } = gridOf(people(1))
  store.select({ r: 0, c: 2 })
  type(store, '5')
  expect(store.view({ row: '007001', column: 'comment' }).want).toBe('必填')
  store.load([{ row: '007001', column: 'comment', text: '很好' }])
  expect(store.view({ row: '007001', column: 'comment' }).want).toBeUndefined()
})

test('finding goes from one hit to the next', () => {
  const { store } = gridOf(people(12))
  store.search('员工1')
  expect(store.status().find.hits).toBe(4)
  store.findNext(1)
  expect(store.status().selection.anchor).toEqual({ r: 9, c: 0 })
})

test('new rows leave what stands in the cells and where one is', () => {
  const all = people(4)
  const { store, spec, texts } = gridOf(all)
  store.select({ r: 2, c: 2 })
  type(store, '5')
  store.select({ r: 2, c: 2 })
  store.use({ ...spec, rows: [all[3] as Person, all[2] as Person] })
  expect(store.active).toEqual({ row: '007003', column: 'i0' })
  expect(texts('i0')[2]).toBe('5')
})

test('a key changes what is drawn of its own cell and of what depends on it, and nothing else', () => {
  const { store } = gridOf(people(3))
  store.select({ r: 0, c: 2 })
  const drawn = () => people(3).map(({ no }) => ['name', 'i0', 'i1', 'comment'].map((column) => store.view({ row: no, column })))
  const [before, status] = [drawn(), store.status()]
  type(store, '5')
  const changed = drawn().flatMap((row, r) => row.flatMap((view, c) => (view === before[r]?.[c] ? [] : [`${r} ${c}`])))
  expect(changed).toEqual(['0 1', '0 3', '1 1']) // the level, the comment that it needs, the cell below that is active now
  expect(store.status().find).toBe(status.find)
  expect(store.status().read).not.toBe(status.read)
  const read = store.status().read
  store.run({ do: 'move', dr: 1, dc: 0 })
  expect(store.status().read).toBe(read)
})
