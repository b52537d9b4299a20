import { type CellEdit, type CellMark, type CellRef, type GridColumn, type GridSpec, type Place, cellId } from './model'
import { readCell } from './read'

/** What the cells hold: their texts, what is wrong with them, what the page says of them. */
export class Cells<Row> {
  private readonly texts = new Map<string, string>()
  private readonly problems = new Map<string, string>()
  private readonly marks = new Map<string, CellMark>()
  private rowAt = new Map<string, number>()
  private columnAt = new Map<string, number>()
  private wrongOnes: readonly CellRef[] | undefined

  constructor(private spec: GridSpec<Row>) {
    this.index()
  }

  use(spec: GridSpec<Row>): void {
    this.spec = spec
    this.index()
  }

  private index(): void {
    this.wrongOnes = undefined
    this.rowAt = new Map(this.spec.rows.map((row, r) => [this.spec.rowKey(row), r]))
    this.columnAt = new Map(this.spec.columns.map((column, c) => [column.key, c]))
  }

  /** Where a cell is; undefined when the grid has no such row or column now. */
  placeOf({ row, column }: CellRef): Place | undefined {
    const r = this.rowAt.get(row)
    const c = this.columnAt.get(column)
    return r === undefined || c === undefined ? undefined : { r, c }
  }

  refOf({ r, c }: Place): CellRef | undefined {
    const row = this.spec.rows[r]
    const column = this.spec.columns[c]
    return row === undefined || !column ? undefined : { row: this.spec.rowKey(row), column: column.key }
  }

  rowOf(key: string): Row | undefined {
    const r = this.rowAt.get(key)
    return r === undefined ? undefined : this.spec.rows[r]
  }

  columnOf(key: string): GridColumn<Row> | undefined {
    const c = this.columnAt.get(key)
    return c === undefined ? undefined : this.spec.columns[c]
  }

  readonly text = (row: string, column: string): string => {
    const kept = this.texts.get(cellId(row, column))
    if (kept !== undefined) return kept
    const of = this.rowOf(row)
    return (of !== undefined && this.columnOf(column)?.value?.(of)) || ''
  }

  problem = ({ row, column }: CellRef): string | undefined => this.problems.get(cellId(row, column))

  mark = ({ row, column }: CellRef): CellMark | undefined => this.marks.get(cellId(row, column))

  want({ row, column }: CellRef): string | undefined {
    const of = this.rowOf(row)
    return of === undefined ? undefined : this.columnOf(column)?.wants?.(of, (other) => this.text(row, other))
  }

  editable({ row, column }: CellRef): boolean {
    const of = this.rowOf(row)
    return of !== undefined && (this.columnOf(column)?.editable?.(of) ?? false)
  }

  /** Puts a text into a cell as it is, and finds anew what is wrong with it. */
  set(row: string, column: string, text: string): void {
    const id = cellId(row, column)
    this.texts.set(id, text)
    const of = this.rowOf(row)
    const kind = this.columnOf(column)
    const problem = of === undefined || !kind ? undefined : readCell(kind, of, text).problem
    if (problem === this.problems.get(id)) return
    this.wrongOnes = undefined
    if (problem === undefined) this.problems.delete(id)
    else this.problems.set(id, problem)
  }

  setMark({ row, column }: CellRef, mark: CellMark | undefined): void {
    this.wrongOnes = undefined
    if (mark) this.marks.set(cellId(row, column), mark)
    else this.marks.delete(cellId(row, column))
  }

  /** The cells that are wrong, in the order in which they stand. */
  wrong(): readonly CellRef[] {
    return (this.wrongOnes ??= this.findWrong())
  }

  private findWrong(): CellRef[] {
    const ids = new Set(this.problems.keys())
    for (const [id, mark] of this.marks) if (mark.tone !== 'waiting') ids.add(id)
    return [...ids]
      .map((id) => ({ row: id.split('\u0000')[0] ?? '', column: id.split('\u0000')[1] ?? '' }))
      .map((ref) => ({ ref, place: this.placeOf(ref) }))
      .filter((x): x is { ref: CellRef; place: Place } => x.place !== undefined)
      .sort((a, b) => a.place.r - b.place.r || a.place.c - b.place.c)
      .map((x) => x.ref)
  }
}

/** What takes a step back. */
export const reversed = (edits: readonly CellEdit[]): CellEdit[] => edits.map(({ row, column, before, after }) => ({ row, column, before: after, after: before }))
