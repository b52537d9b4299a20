import { useQuery } from '@tanstack/react-query'
import { type Schema, api, isProblem } from '@/lib/api'

export type ReviewRow = Schema<'ReviewRow'>
export type ReviewItem = Schema<'ReviewItem'>
export type ReviewCell = Schema<'ReviewCell'>

/** What a rater says of one item of a person. */
export interface Said {
  level: string
  comment: string
}

export const sameSaid = (a: Said, b: Said): boolean => a.level === b.level && a.comment === b.comment

/** A person's segment as one rates it in one role. */
export const seatOf = (row: Pick<ReviewRow, 'staff_no' | 'unit' | 'position' | 'role'>): string => [row.staff_no, row.unit, row.position, row.role].join('\t')

/** One item of a seat: what the server keeps under one version. */
export const cellOf = (seat: string, item: string): string => `${seat}\n${item}`

export const partsOf = (cell: string): { seat: string; item: string } => {
  const [seat = '', item = ''] = cell.split('\n')
  return { seat, item }
}

/** All that one is to rate in a period. */
export interface Board {
  period: string
  state: string
  items: readonly ReviewItem[]
  rows: readonly ReviewRow[]
}

const meansTheSame = (a: ReviewItem, b: ReviewItem): boolean =>
  a.item === b.item && JSON.stringify([a.name, a.levels]) === JSON.stringify([b.name, b.levels])

/** Adds a page's columns: those that mean the same are one. */
export function joinItems(known: readonly ReviewItem[], more: readonly ReviewItem[]): ReviewItem[] {
  const all = [...known]
  for (const item of more) {
    const at = all.findIndex((one) => meansTheSame(one, item))
    const found = all[at]
    if (found) all[at] = { ...found, scorecards: [...new Set([...found.scorecards, ...item.scorecards])] }
    else all.push(item)
  }
  return all
}

async function readBoard(period: string): Promise<Board> {
  let cursor: string | undefined
  const board = { period, state: '', items: [] as ReviewItem[], rows: [] as ReviewRow[] }
  do {
    const { data } = await api.GET('/periods/{period}/review-grid', { params: { path: { period }, query: { limit: 200, cursor } } })
    if (!data) break
    board.state = data.state
    board.items = joinItems(board.items, data.items)
    board.rows.push(...data.rows)
    cursor = data.next
  } while (cursor)
  return board
}

export const boardKey = (period: string) => ['review-grid', period]

/** Reads the board; it is read anew whenever the page opens, because what was kept knows nothing of what was written since. */
export const useBoard = (period: string | undefined) =>
  useQuery({ queryKey: boardKey(period ?? ''), enabled: period !== undefined, queryFn: () => readBoard(period ?? ''), gcTime: 0, staleTime: 60_000, refetchOnReconnect: false })

/** What a user wrote in an earlier period: levels that "the rest as last month" takes. */
export const useEarlier = (period: string | undefined) =>
  useQuery({ queryKey: ['review-grid', 'earlier', period], enabled: period !== undefined, queryFn: () => readBoard(period ?? ''), staleTime: Infinity, refetchOnReconnect: false })

export type Evidence = Schema<'ItemResultRow'>

/** The results of a period by staff number, as far as the user may see them. */
export const useEvidence = (period: string | undefined, language: string) =>
  useQuery({
    queryKey: ['review-grid', 'evidence', period, language],
    enabled: period !== undefined,
    staleTime: Infinity,
    queryFn: async (): Promise<ReadonlyMap<string, Evidence>> => {
      const found = new Map<string, Evidence>()
      let cursor: string | undefined
      try {
        do {
          const { data } = await api.GET('/periods/{period}/item-results', { params: { path: { period: period ?? '' }, query: { limit: 200, cursor } } })
          for (const row of data?.items ?? []) found.set(row.result.staff_no, row)
          cursor = data?.next
        } while (cursor)
      } catch (error) {
        if (!isProblem(error)) throw error // whoever may see no result does without
      }
      return found
    },
  })

export interface ItemColumn {
  key: string
  item: ReviewItem
}

const columnsKept = new WeakMap<readonly ReviewItem[], readonly ItemColumn[]>()

/** The column of a row's item: an item that two scorecards describe differently has two. */
export function columnsOf(items: readonly ReviewItem[]): readonly ItemColumn[] {
  const kept = columnsKept.get(items)
  if (kept) return kept
  const columns = items.map((item, i) => ({ key: items.findIndex((one) => one.item === item.item) === i ? item.item : `${item.item}~${i}`, item }))
  columnsKept.set(items, columns)
  return columns
}

export const rates = (row: ReviewRow, item: ReviewItem): boolean => row.items.includes(item.item) && item.scorecards.includes(row.scorecard)

export const writtenIn = (row: ReviewRow, item: string): ReviewCell | undefined => row.cells.find((cell) => cell.item === item)
