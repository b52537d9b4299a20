import { type ReviewItem, type ReviewRow, cellOf, columnsOf, rates, seatOf } from './data'

/** Where a cell of the server stands in the grid. */
export interface SeatPlace {
  cell: string
  row: ReviewRow
  seat: string
  /** Of the grid's columns of the item. */
  key: string
  item: ReviewItem
}

/** All cells that one rates in a role, found by what the server and by what the grid calls them. */
export class Seats {
  rows: readonly ReviewRow[] = []
  items: readonly ReviewItem[] = []
  private places = new Map<string, SeatPlace>()

  use(rows: readonly ReviewRow[], items: readonly ReviewItem[]): void {
    this.rows = rows
    this.items = items
    this.places = new Map()
    const columns = columnsOf(items)
    for (const row of rows) {
      const seat = seatOf(row)
      for (const { key, item } of columns) {
        const cell = cellOf(seat, item.item)
        if (rates(row, item)) this.places.set(cell, { cell, row, seat, key, item })
      }
    }
  }

  get all(): Iterable<SeatPlace> {
    return this.places.values()
  }

  place(cell: string): SeatPlace | undefined {
    return this.places.get(cell)
  }
}
