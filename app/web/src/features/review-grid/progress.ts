import { type ReviewItem, type ReviewRow, columnsOf, rates, seatOf, writtenIn } from './data'
import type { ReadText } from '@/components/grid'
import { say } from '@/lib/text'
import { commentColumn, commentMost, levelColumn, needsComment } from './columns'
import { reviewTexts } from './texts'

/** How far somebody's review is. */
export interface SeatProgress {
  due: number
  done: number
  submitted: number
  returned: number
  /** Columns that still need something, in their order. */
  open: string[]
}

export function seatProgress(row: ReviewRow, items: readonly ReviewItem[], read: ReadText): SeatProgress {
  const progress: SeatProgress = { due: 0, done: 0, submitted: 0, returned: 0, open: [] }
  const seat = seatOf(row)
  for (const { key, item } of columnsOf(items)) {
    if (!rates(row, item)) continue
    progress.due++
    const state = writtenIn(row, item.item)?.state
    if (state === 'submitted') progress.submitted++
    if (state === 'returned') progress.returned++
    const level = read(seat, levelColumn(key))
    const comment = read(seat, commentColumn(key))
    if (!item.levels.some((one) => one.level === level)) progress.open.push(levelColumn(key))
    else if ((needsComment(item, level) && comment.trim() === '') || [...comment].length > commentMost) progress.open.push(commentColumn(key))
    else progress.done++
  }
  return progress
}

/** How far a person's review is, in words. */
export function stateText({ due, done, submitted, returned }: SeatProgress): string {
  if (returned > 0) return say(reviewTexts, 'stateReturned')
  if (submitted === due) return say(reviewTexts, 'stateSubmitted')
  if (done === due) return say(reviewTexts, 'stateFull')
  return done === 0 ? say(reviewTexts, 'stateNone') : say(reviewTexts, 'statePart', { n: done, total: due })
}

/** How far all of it is. */
export interface BoardProgress {
  people: number
  complete: number
  due: number
  done: number
  submitted: number
  /** Who could be submitted now. */
  ready: { row: ReviewRow; cells: number }[]
  unfinished: number
  /** How often each level was given, in the order of the rubric. */
  levels: [string, number][]
  next: { row: string; column: string } | undefined
}

export function boardProgress(rows: readonly ReviewRow[], items: readonly ReviewItem[], read: ReadText): BoardProgress {
  const board: BoardProgress = { people: rows.length, complete: 0, due: 0, done: 0, submitted: 0, ready: [], unfinished: 0, levels: [], next: undefined }
  const given = new Map<string, number>(items.flatMap((item) => item.levels.map((level) => [level.level, 0] as const)))
  for (const row of rows) {
    const seat = seatProgress(row, items, read)
    board.due += seat.due
    board.done += seat.done
    board.submitted += seat.submitted
    if (seat.open.length === 0) board.complete++
    else board.unfinished++
    if (seat.open.length === 0 && seat.submitted < seat.due) board.ready.push({ row, cells: seat.due - seat.submitted })
    const first = seat.open[0]
    if (first !== undefined) board.next ??= { row: seatOf(row), column: first }
    for (const { key, item } of columnsOf(items)) {
      const level = rates(row, item) ? read(seatOf(row), levelColumn(key)) : ''
      const n = given.get(level)
      if (n !== undefined) given.set(level, n + 1)
    }
  }
  board.levels = [...given]
  return board
}
