import { memo, useCallback, useSyncExternalStore } from 'react'
import { foreign } from '@/lib/text'
import { Editor } from './editor'
import { type CellView, type GridColumn, cellId } from './model'
import type { GridStore } from './store'

export interface CellProps<Row> {
  store: GridStore<Row>
  row: Row
  rowKey: string
  rowLabel: string
  column: GridColumn<Row>
  r: number
  c: number
  total: number
  /** Of a frozen column: how far from the left it stands. */
  left: number | undefined
  tabMoves: boolean
}

const classOf = (view: CellView, kind: string, quiet: boolean | undefined, frozen: boolean): string =>
  [
    'grid-cell', `grid-of-${kind}`,
    quiet && 'grid-quiet', frozen && 'grid-frozen', view.readOnly && 'grid-readonly', view.active && 'grid-active', view.selected && 'grid-selected',
    view.found && 'grid-found', view.problem !== undefined && 'grid-wrong', view.want !== undefined && 'grid-wanted',
    view.mark && `grid-mark-${view.mark.tone}`, view.editing && 'grid-editing',
  ].filter(Boolean).join(' ')

/** One cell. It follows its own view, so that it is drawn anew only when something of it changes. */
function GridCell<Row>(props: CellProps<Row>) {
  const { store, row, rowKey, column, r, c, left } = props
  const follow = useCallback((changed: () => void) => store.follow(cellId(rowKey, column.key), changed), [store, rowKey, column.key])
  const view = useSyncExternalStore(follow, () => store.view({ row: rowKey, column: column.key }))
  const wrong = view.problem !== undefined || view.mark?.tone === 'error'
  const shared = {
    className: classOf(view, column.kind, column.quiet, left !== undefined),
    style: left === undefined ? undefined : { left },
    'aria-colindex': c + 1,
    'aria-selected': view.selected || view.active,
    'aria-readonly': view.readOnly,
    'aria-invalid': wrong || undefined,
    'data-cell': `${r}:${c}`,
  }
  const content = (
    <>
      <span className="grid-text" lang={foreign(view.shown)}>{view.shown}</span>
      {view.active && <Editor {...props} view={view} row={row} />}
    </>
  )
  return column.key === store.columns[0]?.key ? <th role="rowheader" scope="row" {...shared}>{content}</th> : <td role="gridcell" {...shared}>{content}</td>
}

export const Cell = memo(GridCell) as typeof GridCell
