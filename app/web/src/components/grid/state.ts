import { say } from '@/lib/text'
import { Cells, reversed } from './cells'
import { Emitter } from './emitter'
import { History } from './history'
import { type CellEdit, type CellMark, type CellRef, type CellView, type GridSpec, type Place, type ReadText, cellId, sameView } from './model'
import type { PastePlan } from './paste'
import { readCell } from './read'
import { type Selection, type Size, at, goTo, inRange, placesOf, rangeOf, same, within } from './selection'
import { gridTexts } from './texts'

/** What the page is told. */
export interface GridEvents {
  /** Cells have new texts, typed, pasted, filled, undone. Those that cannot be read are among them. */
  onEdit?: (edits: readonly CellEdit[]) => void
  /** Ctrl+S. */
  onSave?: () => void
}

interface Editing {
  /** What stood in the cell before. */
  before: string
  typed: string
  caret: boolean
}

/** What a page beside the grid can show of it. */
export interface GridStatus {
  active: CellRef | undefined
  selection: Selection
  editing: boolean
  plan: PastePlan | undefined
  menu: boolean
  find: { open: boolean; text: string; at: number; hits: number }
  /** What stands in the cells: another function whenever a text has changed. */
  read: ReadText
  wrong: number
  canUndo: boolean
  canRedo: boolean
  said: string
}

/** The grid's state with what every way of writing needs: the selection, the editor, the cells, the steps back. */
export class GridState<Row> {
  readonly cells: Cells<Row>
  protected events: GridEvents = {}
  private readonly emitter = new Emitter()
  private readonly history = new History<CellEdit[]>()
  private readonly views = new Map<string, CellView>()
  private readonly stale = new Set<string>()
  private reader: ReadText = (row, column) => this.cells.text(row, column)
  protected selection: Selection = at({ r: 0, c: 0 })
  protected edit: Editing | undefined
  protected plan: PastePlan | undefined
  protected menu = false
  protected find = { open: false, text: '', at: 0 }
  protected hits: Place[] = []
  private said = ''
  private shownStatus: GridStatus | undefined
  private lastStatus: GridStatus | undefined

  constructor(protected spec: GridSpec<Row>) {
    this.cells = new Cells(spec)
  }

  /** Takes new rows or columns; what stands in cells stays, and so does the active cell where it still exists. */
  use(spec: GridSpec<Row>): void {
    if (spec === this.spec) return
    this.change((touch) => {
      const active = this.cells.refOf(this.selection.anchor)
      this.spec = spec
      this.cells.use(spec)
      const place = active && this.cells.placeOf(active)
      if (!this.edit || !place) this.selection = at(place ?? within(this.selection.anchor, this.size))
      else this.selection = { anchor: place, head: place }
      this.textsChanged()
      this.views.clear()
      for (const row of spec.rows) for (const column of spec.columns) touch(cellId(spec.rowKey(row), column.key))
    })
  }

  /** Says who is told of what is written. */
  listen(events: GridEvents): void {
    this.events = events
  }

  get columns() {
    return this.spec.columns
  }

  /** The key of a row. */
  keyOf(row: Row): string {
    return this.spec.rowKey(row)
  }

  protected get size(): Size {
    return { rows: this.spec.rows.length, columns: this.spec.columns.length }
  }

  // Following

  readonly follow = (id: string, changed: () => void): (() => void) => this.emitter.follow(id, changed)

  readonly followStatus = (changed: () => void): (() => void) => this.emitter.followAll(changed)

  view(ref: CellRef): CellView {
    const id = cellId(ref.row, ref.column)
    const kept = this.views.get(id)
    if (kept && !this.stale.has(id)) return kept
    this.stale.delete(id)
    const made = this.draw(ref)
    if (kept && sameView(kept, made)) return kept
    this.views.set(id, made)
    return made
  }

  private draw(ref: CellRef): CellView {
    const text = this.cells.text(ref.row, ref.column)
    const row = this.cells.rowOf(ref.row)
    const column = this.cells.columnOf(ref.column)
    const place = this.cells.placeOf(ref) ?? { r: -1, c: -1 }
    const problem = this.cells.problem(ref)
    const active = same(place, this.selection.anchor)
    return {
      text,
      shown: problem === undefined && row !== undefined && column?.show ? column.show(text, row) : text,
      problem,
      want: this.cells.want(ref),
      mark: this.cells.mark(ref),
      readOnly: !this.cells.editable(ref),
      active,
      editing: active && this.edit !== undefined,
      selected: inRange(this.selection, place) && !same(this.selection.anchor, this.selection.head),
      found: this.find.open && this.hits.some((hit) => same(hit, place)),
    }
  }

  readonly status = (): GridStatus => (this.shownStatus ??= this.describe())

  /** What has not changed stays the same object, so that whoever shows a part of it need not look again. */
  private describe(): GridStatus {
    const before = this.lastStatus
    const active = this.cells.refOf(this.selection.anchor)
    const find = { ...this.find, hits: this.hits.length }
    return (this.lastStatus = {
      active: active && before?.active?.row === active.row && before.active.column === active.column ? before.active : active,
      selection: this.selection,
      editing: this.edit !== undefined,
      plan: this.plan,
      menu: this.menu,
      find: before && (Object.keys(find) as (keyof typeof find)[]).every((key) => before.find[key] === find[key]) ? before.find : find,
      read: this.reader,
      wrong: this.cells.wrong().length,
      canUndo: this.history.canUndo,
      canRedo: this.history.canRedo,
      said: this.said,
    })
  }

  /** Does a piece of work and tells of what it touched: changed cells, and those that the selection left or reached. */
  protected change<T>(work: (touch: (id: string) => void) => T): T {
    return this.emitter.batch((tell) => {
      const touch = (id: string) => {
        this.stale.add(id)
        tell(id)
      }
      const result = work(touch)
      this.shownStatus = undefined
      return result
    })
  }

  private textsChanged(): void {
    this.reader = (row, column) => this.cells.text(row, column)
  }

  private touchRow(touch: (id: string) => void, row: string): void {
    for (const column of this.spec.columns) touch(cellId(row, column.key))
  }

  protected touchPlaces(touch: (id: string) => void, places: Iterable<Place>): void {
    for (const place of places) {
      const ref = this.cells.refOf(place)
      if (ref) touch(cellId(ref.row, ref.column))
    }
  }

  // What the page puts in

  /** Puts texts into cells that come from elsewhere: no step to undo, nothing told. */
  load(values: readonly { row: string; column: string; text: string }[]): void {
    this.change((touch) => {
      for (const { row, column, text } of values) {
        if (this.cells.text(row, column) === text) continue
        this.textsChanged()
        this.cells.set(row, column, text)
        this.touchRow(touch, row)
      }
    })
  }

  /** Says something of a cell, or takes back what was said. */
  mark(ref: CellRef, mark: CellMark | undefined): void {
    const old = this.cells.mark(ref)
    if (old?.tone === mark?.tone && old?.text === mark?.text) return
    this.change((touch) => {
      this.cells.setMark(ref, mark)
      touch(cellId(ref.row, ref.column))
    })
  }

  /** Says something to those who listen. */
  announce(text: string): void {
    this.change(() => (this.said = text))
  }

  // The selection

  select(place: Place, extend = false): void {
    this.commit()
    this.setSelection(goTo(this.selection, within(place, this.size), extend))
  }

  /** Goes to a cell, if the grid has it. */
  goToCell(ref: CellRef): void {
    const place = this.cells.placeOf(ref)
    if (place) this.select(place)
  }

  protected setSelection(next: Selection): void {
    this.change((touch) => {
      const before = [...placesOf(this.selection)]
      this.selection = next
      this.menu = false
      this.touchPlaces(touch, before)
      this.touchPlaces(touch, placesOf(next))
      const { from, to } = rangeOf(next)
      const rows = to.r - from.r + 1
      const columns = to.c - from.c + 1
      this.said = rows * columns > 1 ? say(gridTexts, 'selected', { rows, columns }) : ''
    })
  }

  // Editing

  get active(): CellRef | undefined {
    return this.cells.refOf(this.selection.anchor)
  }

  get isEditing(): boolean {
    return this.edit !== undefined
  }

  get caretMoves(): boolean {
    return this.edit?.caret ?? false
  }

  /** Starts to write in the active cell: over what is there, or at its end. */
  startEdit(how: 'over' | 'end'): void {
    const ref = this.active
    if (!ref || this.edit || !this.cells.editable(ref)) return
    this.change((touch) => {
      const before = this.cells.text(ref.row, ref.column)
      this.edit = { before, typed: how === 'over' ? '' : before, caret: true }
      touch(cellId(ref.row, ref.column))
    })
  }

  /** What is in the editor now. Nothing is drawn anew for it. */
  type(text: string): void {
    if (!this.edit) this.startEdit('over')
    if (this.edit) this.edit.typed = text
  }

  /** Puts a text into the open editor. */
  insert(text: string): void {
    const ref = this.active
    if (!ref || !this.edit) return
    this.change((touch) => {
      if (this.edit) this.edit.typed = text
      touch(cellId(ref.row, ref.column))
    })
  }

  /** What the editor begins with. */
  get typed(): string {
    return this.edit?.typed ?? ''
  }

  /** Puts what is typed so far into the cell, without ending the edit: a long text is saved while it is written. */
  keepTyped(): void {
    const ref = this.active
    if (!ref || !this.edit) return
    const column = this.cells.columnOf(ref.column)
    if (column?.kind !== 'text') return
    const before = this.cells.text(ref.row, ref.column)
    if (before !== this.edit.typed) this.apply([{ ...ref, before, after: this.edit.typed }])
  }

  commit(): void {
    const ref = this.active
    const { edit } = this
    if (!ref || !edit) return
    const after = this.read(ref, edit.typed)
    this.endEdit(ref)
    this.write([{ ...ref, before: edit.before, after }], this.cells.text(ref.row, ref.column) !== after)
  }

  cancel(): void {
    const ref = this.active
    const { edit } = this
    if (!ref || !edit) return
    this.endEdit(ref)
    const now = this.cells.text(ref.row, ref.column)
    if (now !== edit.before) this.apply([{ ...ref, before: now, after: edit.before }])
  }

  private endEdit(ref: CellRef): void {
    this.change((touch) => {
      this.edit = undefined
      this.menu = false
      touch(cellId(ref.row, ref.column))
    })
  }

  protected read(ref: CellRef, typed: string): string {
    const row = this.cells.rowOf(ref.row)
    const column = this.cells.columnOf(ref.column)
    return row === undefined || !column ? typed : readCell(column, row, typed).text
  }

  /** Writes as one step that can be undone. What is as it was is none. */
  protected write(edits: readonly CellEdit[], force = false): number {
    const real = edits.filter((edit) => edit.before !== edit.after)
    if (real.length > 0) this.history.push(real)
    if (real.length > 0 || force) this.apply(force ? edits : real)
    return real.length
  }

  private apply(edits: readonly CellEdit[]): void {
    this.change((touch) => {
      this.textsChanged()
      for (const { row, column, after } of edits) {
        this.cells.set(row, column, after)
        this.touchRow(touch, row)
      }
    })
    this.events.onEdit?.(edits)
  }

  /** Writes texts as the user's own doing, in one step: a button's "the rest as last month". */
  enter(values: readonly { row: string; column: string; text: string }[]): number {
    this.commit()
    return this.write(
      values
        .filter((v) => this.cells.editable(v))
        .map((v) => ({ row: v.row, column: v.column, before: this.cells.text(v.row, v.column), after: this.read(v, v.text) })),
    )
  }

  undo(): void {
    this.step(this.history.undo(), true)
  }

  redo(): void {
    this.step(this.history.redo(), false)
  }

  private step(edits: CellEdit[] | undefined, back: boolean): void {
    if (!edits) {
      this.announce(say(gridTexts, 'nothingToUndo'))
      return
    }
    const todo = (back ? reversed(edits) : edits).filter((edit) => this.cells.editable(edit))
    this.apply(todo.map((edit) => ({ ...edit, before: this.cells.text(edit.row, edit.column) })))
    const first = todo[0]
    if (first) this.goToCell(first)
    this.announce(say(gridTexts, back ? 'undone' : 'redone', { n: todo.length }))
  }
}
