import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { CellEdit, GridStore } from '@/components/grid'
import { type Schema, api } from '@/lib/api'
import { type Answer, type CellState, Saver, type SaverStatus, type Sent } from '@/lib/autosave'
import { say } from '@/lib/text'
import { commentColumn, commentMost, columnParts, levelColumn } from './columns'
import { type ReviewItem, type ReviewRow, type Said, cellOf, columnsOf, partsOf, sameSaid, writtenIn } from './data'
import { type SeatPlace, Seats } from './seats'
import { seatProgress, stateText } from './progress'
import { reviewTexts } from './texts'

type Store = GridStore<ReviewRow>

const changeOf = ({ cell, value, version }: Sent<Said>) => {
  const { seat, item } = partsOf(cell)
  const [staff_no = '', unit = '', position = '', role = ''] = seat.split('\t')
  return { staff_no, unit, position, role, item, level: value.level, comment: value.comment, version }
}

/** What the server says of one cell. */
export function answerOf({ saved, problem, current }: Schema<'CellOutcome'>): Answer<Said> {
  if (saved) return { is: 'saved', version: saved.version }
  if (current) {
    return {
      is: 'moved',
      theirs: {
        version: current.version, value: { level: current.level, comment: current.comment }, by: current.written_by, at: current.written_at,
        locked: current.state === 'submitted' ? problem?.message : undefined,
      },
    }
  }
  return { is: 'refused', reason: problem?.message ?? '' }
}

function isReady(seats: Seats, value: Said, cell: string): boolean {
  const item = seats.place(cell)?.item
  const known = value.level === '' || (item?.levels.some((level) => level.level === value.level) ?? false)
  return known && [...value.comment].length <= commentMost
}

export interface Saving {
  saver: Saver<Said>
  seats: Seats
}

/** What saves one role's reviews of a period. */
export function useReviewSaver(period: string, role: string, user: string): Saving {
  const [saving] = useState(() => {
    const seats = new Seats()
    const saver = new Saver<Said>({
      user,
      scope: `reviews/${period}/${role}`,
      same: sameSaid,
      ready: (value, cell) => isReady(seats, value, cell),
      send: async (cells) => {
        const { data } = await api.PUT('/periods/{period}/review-grid', { params: { path: { period } }, body: { cells: cells.map(changeOf) } })
        return data?.outcomes.map(answerOf) ?? []
      },
    })
    return { saver, seats }
  })
  useEffect(() => saving.saver.start(), [saving])
  return saving
}

/** A part of how the saving stands, followed by the component: a value, or the status itself. */
export function useSaverStatus<Part>({ saver }: Saving, part: (status: SaverStatus) => Part): Part {
  return useSyncExternalStore(saver.follow, () => part(saver.status()))
}

const load = (store: Store, place: SeatPlace, value: Said): void =>
  store.load([
    { row: place.seat, column: levelColumn(place.key), text: value.level },
    { row: place.seat, column: commentColumn(place.key), text: value.comment },
  ])

/** Marks a cell of the grid as it stands with the server. */
function mark(store: Store, place: SeatPlace, state: CellState<Said> | undefined, value: Said): void {
  const level = { row: place.seat, column: levelColumn(place.key) }
  const comment = { row: place.seat, column: commentColumn(place.key) }
  if (state?.is === 'conflict') {
    const { theirs } = state
    const of = (other: string, mine: string) =>
      other === mine ? undefined : ({ tone: 'conflict', text: say(reviewTexts, 'conflictMark', { theirs: other || say(reviewTexts, 'nothing') }) } as const)
    store.mark(level, of(theirs.value.level, value.level))
    store.mark(comment, of(theirs.value.comment, value.comment))
    return
  }
  store.mark(level, state?.is === 'refused' ? { tone: 'error', text: state.reason } : undefined)
  store.mark(comment, undefined)
  if (state === undefined && !store.isEditing) load(store, place, value)
}

/**
 * Joins a grid to its saver: it shows what the server has and what an earlier
 * visit could not send, and what is written goes to the saver. Gives how many
 * cells were brought back.
 */
export function useJoined(store: Store, { saver, seats }: Saving, rows: readonly ReviewRow[], items: readonly ReviewItem[]): number {
  const [restored, restore] = useState(0)
  useLayoutEffect(() => {
    const tellState = (touched?: ReadonlySet<string>) => {
      const read = store.cells.text
      const states = rows.filter((row) => !touched || touched.has(store.keyOf(row))).map((row) => ({ row: store.keyOf(row), column: 'state', text: stateText(seatProgress(row, items, read)) }))
      store.load(states)
    }
    seats.use(rows, items)
    saver.listen((cell, state, value) => {
      const place = seats.place(cell)
      if (!place) return
      mark(store, place, state, value)
      tellState(new Set([place.seat]))
    })
    for (const place of seats.all) {
      const written = writtenIn(place.row, place.item.item)
      const value = { level: written?.level ?? '', comment: written?.comment ?? '' }
      const version = written?.version ?? 0
      if ((saver.knows(place.cell)?.version ?? -1) > version || saver.pending(place.cell)) continue
      saver.know(place.cell, { version, value })
      load(store, place, value)
    }
    tellState()
    store.listen({
      onEdit: (edits) => {
        saver.write(changesOf(store, items, edits))
        tellState(new Set(edits.map((edit) => edit.row)))
      },
      onSave: () => void saver.flush(),
    })
    let here = true
    void saver.restore().then((back) => {
      if (!here || back.length === 0) return
      for (const { cell, value } of back) {
        const place = seats.place(cell)
        if (place) load(store, place, value)
      }
      tellState()
      restore(back.length)
    })
    return () => {
      here = false
    }
  }, [store, saver, seats, rows, items])
  return restored
}

/** Edits of the grid as changes of the server's cells: a level and its comment are one. */
function changesOf(store: Store, items: readonly ReviewItem[], edits: readonly CellEdit[]): { cell: string; value: Said }[] {
  const columns = new Map(columnsOf(items).map(({ key, item }) => [key, item.item]))
  const changed = new Map<string, Said>()
  for (const { row, column } of edits) {
    const part = columnParts(column)
    const item = part && columns.get(part.key)
    if (!part || item === undefined) continue
    changed.set(cellOf(row, item), { level: store.cells.text(row, levelColumn(part.key)), comment: store.cells.text(row, commentColumn(part.key)) })
  }
  return [...changed].map(([cell, value]) => ({ cell, value }))
}
