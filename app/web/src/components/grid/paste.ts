import type { CellEdit, GridSpec, Place, ReadText } from './model'
import { halfWidth, readCell } from './read'

/** What pasting a block would do, before it is done. */
export interface PastePlan {
  rows: number
  columns: number
  edits: CellEdit[]
  /** Cells of the block that cannot be read: they go in as they are, red. */
  unreadable: number
  /** Cells that met what nobody may write, or the grid's edge. */
  clipped: number
  /** Rows of the block whose staff number or name is nobody's here. */
  strangers: string[]
  /** Whether rows were found by staff number or name, instead of by position. */
  matched: boolean
}

interface Range {
  from: Place
  to: Place
}

const plain = (text: string): string => halfWidth(text).trim().toLowerCase()

/** Works out what a pasted block does to the cells of a range. */
export function planPaste<Row>(spec: GridSpec<Row>, read: ReadText, range: Range, block: readonly (readonly string[])[]): PastePlan {
  const plan: PastePlan = {
    rows: block.length, columns: block[0]?.length ?? 0, edits: [], unreadable: 0, clipped: 0, strangers: [], matched: false,
  }
  const known = rowsById(spec)
  const heads = headed(spec, block, known)
  const body = heads ? block.slice(1) : block
  const idColumns = countIds(body, known)
  const startsAtIds = spec.columns[range.from.c]?.editable === undefined
  if (idColumns > 0) matchRows(spec, read, range, plan, { body, heads: heads ? block[0] : undefined, idColumns, known })
  else if (body.length === 1 && body[0]?.length === 1 && !startsAtIds) tile(spec, read, range, body, plan)
  else if (divides(range, body)) tile(spec, read, range, body, plan)
  else {
    const to = { r: range.from.r + body.length - 1, c: range.from.c + (body[0]?.length ?? 1) - 1 }
    tile(spec, read, { from: range.from, to }, body, plan)
  }
  return plan
}

/** Which row each id names; an id of two rows names none. */
function rowsById<Row>(spec: GridSpec<Row>): Map<string, number> {
  const known = new Map<string, number>()
  const twice = new Set<string>()
  spec.rows.forEach((row, r) => {
    for (const id of spec.rowIds?.(row) ?? []) {
      const key = plain(id)
      if (known.has(key) && known.get(key) !== r) twice.add(key)
      known.set(key, r)
    }
  })
  for (const key of twice) known.set(key, -1)
  return known
}

/** Whether the first row of a block is a header: two of its cells or more are columns' titles, and it names nobody. */
function headed<Row>(spec: GridSpec<Row>, block: readonly (readonly string[])[], known: ReadonlyMap<string, number>): boolean {
  const [first, ...others] = block
  if (!first || others.length === 0 || known.has(plain(first[0] ?? ''))) return false
  const titles = new Set(spec.columns.map((column) => plain(column.title)))
  const hits = first.filter((cell) => titles.has(plain(cell))).length
  return hits >= Math.min(2, first.length) || (hits > 0 && countIds(others, known) > 0)
}

/** How many of the first columns are ids: all cells but a few name a row. */
function countIds(body: readonly (readonly string[])[], known: ReadonlyMap<string, number>): number {
  let columns = 0
  const width = body[0]?.length ?? 0
  while (columns < width - 1) {
    const cells = body.map((row) => plain(row[columns] ?? '')).filter((cell) => cell !== '')
    const hits = cells.filter((cell) => known.has(cell)).length
    if (cells.length === 0 || hits * 2 <= cells.length) break
    columns++
  }
  return columns
}

interface Matching {
  body: readonly (readonly string[])[]
  heads: readonly string[] | undefined
  idColumns: number
  known: ReadonlyMap<string, number>
}

function matchRows<Row>(spec: GridSpec<Row>, read: ReadText, range: Range, plan: PastePlan, { body, heads, idColumns, known }: Matching): void {
  plan.matched = true
  const titles = new Map(spec.columns.map((column, c) => [plain(column.title), c]))
  const firstEditable = spec.columns.findIndex((column) => column.editable !== undefined)
  const start = spec.columns[range.from.c]?.editable ? range.from.c : firstEditable
  const columnOf = (i: number): number | undefined => {
    const named = heads && titles.get(plain(heads[i] ?? ''))
    return heads ? named : start + i - idColumns
  }
  for (const cells of body) {
    const r = cells.slice(0, idColumns).map((cell) => known.get(plain(cell))).find((at) => at !== undefined && at >= 0)
    if (r === undefined) {
      if (cells.some((cell) => cell !== '')) plan.strangers.push(cells[0] ?? '')
      continue
    }
    for (let i = idColumns; i < cells.length; i++) {
      const c = columnOf(i)
      if (c === undefined) plan.clipped++
      else take(spec, read, plan, { r, c }, cells[i] ?? '')
    }
  }
}

function divides({ from, to }: Range, body: readonly (readonly string[])[]): boolean {
  const rows = to.r - from.r + 1
  const columns = to.c - from.c + 1
  const width = body[0]?.length ?? 1
  return (rows > body.length || columns > width) && rows % body.length === 0 && columns % width === 0
}

/** Lays the block over a range, again and again where the range is larger. */
function tile<Row>(spec: GridSpec<Row>, read: ReadText, { from, to }: Range, body: readonly (readonly string[])[], plan: PastePlan): void {
  for (let r = from.r; r <= to.r; r++) {
    const cells = body[(r - from.r) % body.length] ?? []
    for (let c = from.c; c <= to.c; c++) take(spec, read, plan, { r, c }, cells[(c - from.c) % cells.length] ?? '')
  }
}

function take<Row>(spec: GridSpec<Row>, read: ReadText, plan: PastePlan, { r, c }: Place, given: string): void {
  const row = spec.rows[r]
  const column = spec.columns[c]
  if (row === undefined || !column?.editable?.(row)) {
    plan.clipped++
    return
  }
  const reading = readCell(column, row, given)
  if (reading.problem !== undefined) plan.unreadable++
  const key = spec.rowKey(row)
  plan.edits.push({ row: key, column: column.key, before: read(key, column.key), after: reading.text })
}
