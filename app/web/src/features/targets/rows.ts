import type { CellEdit } from '@/components/grid'
import { type Schema, api } from '@/lib/api'

export type Target = Schema<'Target'>
export type TargetCell = Schema<'TargetChanges'>['cells'][number]

/** The most rows that a grid holds. */
export const most = 600
const pageSize = 200

export const keyOf = (t: Target): string => `${t.staff_no}|${t.unit}|${t.position}|${t.metric}`

export interface Asked {
  unit?: string
  search?: string
  missing?: boolean
}

/** Reads the rows of a view, at most as many as a grid holds; says whether there are more. */
export async function readTargets(period: string, asked: Asked): Promise<{ rows: Target[]; more: boolean; total?: number }> {
  const rows: Target[] = []
  let total: number | undefined
  let cursor: string | undefined
  do {
    const page = (await api.GET('/periods/{period}/targets', { params: { path: { period }, query: { ...asked, cursor, limit: pageSize } } })).data
    rows.push(...(page?.items ?? []))
    total = page?.total
    cursor = page?.next
  } while (cursor && rows.length < most)
  return { rows, more: cursor !== undefined, total }
}

/** What was written and is not saved yet, by row and column; a cell that is back where it was is none. */
export class Pending {
  private readonly cells = new Map<string, Map<string, string>>()

  take(edits: readonly CellEdit[], stored: (row: string, column: string) => string): void {
    for (const { row, column, after } of edits) {
      const columns = this.cells.get(row) ?? new Map<string, string>()
      if (after === stored(row, column)) columns.delete(column)
      else columns.set(column, after)
      if (columns.size > 0) this.cells.set(row, columns)
      else this.cells.delete(row)
    }
  }

  get size(): number {
    return [...this.cells.values()].reduce((sum, columns) => sum + columns.size, 0)
  }

  /** The changes of rows as the API takes them, with the row that each is of. */
  changes(rowOf: (key: string) => Target | undefined): { key: string; cell: TargetCell }[] {
    return [...this.cells].flatMap(([key, columns]) => {
      const row = rowOf(key)
      if (!row) return []
      const cell: TargetCell = {
        staff_no: row.staff_no, unit: row.unit, position: row.position, metric: row.metric, version: row.version,
        target: columns.get('target') ?? row.target ?? '', baseline: columns.get('baseline'),
      }
      return [{ key, cell }]
    })
  }

  has(key: string): boolean {
    return this.cells.has(key)
  }

  done(key: string): void {
    this.cells.delete(key)
  }
}
