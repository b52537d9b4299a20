/**
 * What a grid is made of. Values are texts everywhere: a figure is an exact decimal
 * text, a choice is its key. What cannot be read stays as it was typed, with the
 * reason why.
 */

/** A value that a cell takes, with what it means. */
export interface Choice {
  value: string
  label?: string
  /** Said beside it where there is room. */
  detail?: string
}

interface Common<Row> {
  key: string
  title: string
  /** Pixels. */
  width: number
  /** Stays at the left while the rest scrolls; frozen columns come first. */
  frozen?: boolean
  /** Whether a row's cell can be written; left out: no cell of the column can. */
  editable?: (row: Row) => boolean
  /** What a cell shows that the grid does not keep itself. */
  value?: (row: Row) => string
  /** How a value is written in the cell and said; left out: as it is. */
  show?: (value: string, row: Row) => string
  /** A reason of the page's own why a readable value is wrong. */
  check?: (value: string, row: Row) => string | undefined
  /** What the cell still lacks, from what else stands in its row. */
  wants?: (row: Row, read: (column: string) => string) => string | undefined
  /** The column that belongs to it, such as a level's comment: Shift+F2 goes there and back. */
  partner?: string
  /** Drawn quietly: what is there to be looked at, not to be written. */
  quiet?: boolean
  /** In the header, under the title. */
  hint?: string
}

export interface ChoiceColumn<Row> extends Common<Row> {
  kind: 'choice'
  /** Which keys a row's cell takes. */
  choices: (row: Row) => readonly Choice[]
}

export interface DecimalColumn<Row> extends Common<Row> {
  kind: 'decimal'
  /** Decimals at most; left out: any number. */
  places?: number
  min?: string
  max?: string
  /** Whether the column counts in per cent, so that `85%` is 85. */
  percent?: boolean
}

export interface TextColumn<Row> extends Common<Row> {
  kind: 'text'
  /** Characters at most, counted in code points. */
  most?: number
  /** Phrases that can be put in (Alt+↓). */
  phrases?: (row: Row, read: (column: string) => string) => readonly string[]
}

export type GridColumn<Row> = ChoiceColumn<Row> | DecimalColumn<Row> | TextColumn<Row>

/** A grid's content: what its rows are and how they are called. */
export interface GridSpec<Row> {
  columns: readonly GridColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** How a row is called when it is spoken of: a person's name. */
  rowLabel: (row: Row) => string
  /** By what a pasted first column finds the row: staff number, name. */
  rowIds?: (row: Row) => readonly string[]
}

/** A place by row and column, counted from 0. */
export interface Place {
  r: number
  c: number
}

/** A cell by the keys of its row and column. */
export interface CellRef {
  row: string
  column: string
}

/** One cell's change of text. */
export interface CellEdit extends CellRef {
  before: string
  after: string
}

/** What the page says of a cell: it was refused, somebody else wrote it, it waits. */
export interface CellMark {
  tone: 'error' | 'conflict' | 'waiting'
  text: string
}

/** A cell as it is drawn. The same object as long as nothing of it changes. */
export interface CellView {
  text: string
  shown: string
  problem: string | undefined
  want: string | undefined
  mark: CellMark | undefined
  readOnly: boolean
  active: boolean
  editing: boolean
  selected: boolean
  found: boolean
}

export type ReadText = (row: string, column: string) => string

/** Whether two drawings of a cell are the same. */
export const sameView = (a: CellView, b: CellView): boolean =>
  a.text === b.text && a.shown === b.shown && a.problem === b.problem && a.want === b.want && a.mark === b.mark && a.readOnly === b.readOnly &&
  a.active === b.active && a.editing === b.editing && a.selected === b.selected && a.found === b.found

export const cellId = (row: string, column: string): string => `${row}\u0000${column}`
