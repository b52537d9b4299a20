import { memo, useEffect, useMemo, useRef } from 'react'
import { usePreferences } from '@/lib/preferences'
import { Cell } from './cell'
import { FindBar, MessageBar, PasteChip } from './bars'
import { HoldContext, type Hold } from './hold'
import { ChoiceMenu } from './menu'
import type { GridColumn, GridSpec } from './model'
import type { GridStore } from './store'
import './grid.css'

interface Props<Row> {
  /** What the grid holds, for those who hear it. */
  label: string
  store: GridStore<Row>
  spec: GridSpec<Row>
  rowClass?: (row: Row) => string | undefined
}

/** How far from the left each frozen column stands. */
function leftOf<Row>(columns: readonly GridColumn<Row>[]): (number | undefined)[] {
  let left = 0
  return columns.map((column) => {
    if (!column.frozen) return undefined
    left += column.width
    return left - column.width
  })
}

interface RowProps<Row> {
  store: GridStore<Row>
  spec: GridSpec<Row>
  row: Row
  r: number
  left: readonly (number | undefined)[]
  tabMoves: boolean
  className: string | undefined
}

function GridRow<Row>({ store, spec, row, r, left, tabMoves, className }: RowProps<Row>) {
  const key = spec.rowKey(row)
  return (
    <tr role="row" aria-rowindex={r + 2} className={className}>
      {spec.columns.map((column, c) => (
        <Cell key={column.key} store={store} row={row} rowKey={key} rowLabel={spec.rowLabel(row)} column={column} r={r} c={c}
          total={spec.rows.length} left={left[c]} tabMoves={tabMoves} />
      ))}
    </tr>
  )
}

const Line = memo(GridRow) as typeof GridRow

/**
 * A grid in which one moves and writes as in a spreadsheet. Its state is the
 * store's; nothing here is drawn anew for a key but the cells that it changes.
 */
function GridTable<Row>({ label, store, spec, rowClass }: Props<Row>) {
  const { tabMovesInGrids } = usePreferences()
  const root = useRef<HTMLDivElement>(null)
  const left = useMemo(() => leftOf(spec.columns), [spec.columns])
  const hold = useHolding(store, root)
  useHeadInView(store, root)
  const frozen = spec.columns.reduce((sum, column) => sum + (column.frozen ? column.width : 0), 0)
  const width = spec.columns.reduce((sum, column) => sum + column.width, 0)
  return (
    <HoldContext value={hold}>
      <div className="grid" ref={root}>
        <FindBar store={store} onClose={() => focusIn(root.current)} />
        <PasteChip store={store} />
        <div className="grid-scroll" style={{ scrollPaddingLeft: frozen }} {...usePointer(store, hold, root)}>
          <table role="grid" aria-label={label} aria-rowcount={spec.rows.length + 1} aria-colcount={spec.columns.length} aria-multiselectable="true" style={{ width }}>
            <colgroup>{spec.columns.map((column) => <col key={column.key} style={{ width: column.width }} />)}</colgroup>
            <thead>
              <tr role="row" aria-rowindex={1}>
                {spec.columns.map((column, c) => (
                  <th key={column.key} role="columnheader" scope="col" aria-colindex={c + 1} className={`grid-head grid-of-${column.kind}${left[c] === undefined ? '' : ' grid-frozen'}`}
                    style={left[c] === undefined ? undefined : { left: left[c] }}>
                    {column.title}
                    {column.hint && <span className="grid-hint">{column.hint}</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {spec.rows.map((row, r) => (
                <Line key={spec.rowKey(row)} store={store} spec={spec} row={row} r={r} left={left} tabMoves={tabMovesInGrids} className={rowClass?.(row)} />
              ))}
            </tbody>
          </table>
        </div>
        <ChoiceMenu store={store} spec={spec} root={root} />
        <MessageBar store={store} onGo={() => focusIn(root.current)} />
      </div>
    </HoldContext>
  )
}

export const Grid = memo(GridTable) as typeof GridTable

/** Puts the focus into the active cell of a grid. */
function focusIn(root: HTMLElement | null): void {
  root?.querySelector<HTMLElement>('.grid-editor')?.focus({ preventScroll: true })
}

function useHolding<Row>(store: GridStore<Row>, root: React.RefObject<HTMLDivElement | null>): Hold {
  return useMemo(() => {
    const hold: Hold = {
      focused: false,
      take: () => {
        hold.focused = true
      },
      release: () => {
        setTimeout(() => {
          const now = document.activeElement
          if (now?.classList.contains('grid-editor') && root.current?.contains(now)) return
          hold.focused = false
          if (!now?.closest('.grid-menu')) store.commit()
        })
      },
    }
    return hold
  }, [store, root])
}

/** Keeps the far corner of a selection in sight while it is stretched. */
function useHeadInView<Row>(store: GridStore<Row>, root: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    let seen = ''
    return store.followStatus(() => {
      const { head, anchor } = store.status().selection
      const at = `${head.r}:${head.c}`
      if (at === seen || at === `${anchor.r}:${anchor.c}`) return
      seen = at
      root.current?.querySelector(`[data-cell="${at}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    })
  }, [store, root])
}

const placeAt = (target: EventTarget): { r: number; c: number } | undefined => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  const [r, c] = (cell?.dataset.cell ?? '').split(':').map(Number)
  return cell && r !== undefined && c !== undefined ? { r, c } : undefined
}

/** Selecting with the pointer: a click, a click with Shift, a drag; a double click writes. */
function usePointer<Row>(store: GridStore<Row>, hold: Hold, root: React.RefObject<HTMLDivElement | null>) {
  const dragging = useRef(false)
  useEffect(() => {
    const end = () => (dragging.current = false)
    window.addEventListener('pointerup', end)
    return () => window.removeEventListener('pointerup', end)
  }, [])
  return {
    onMouseDown: (event: React.MouseEvent) => {
      const place = placeAt(event.target)
      const inEditor = event.target instanceof Element && event.target.closest('.grid-editor')
      if (!place || (inEditor && store.isEditing)) return
      dragging.current = event.button === 0
      if (inEditor && !event.shiftKey) return store.select(place)
      event.preventDefault()
      hold.take()
      store.select(place, event.shiftKey)
      return undefined
    },
    onMouseOver: (event: React.MouseEvent) => {
      if (!dragging.current || event.buttons !== 1 || store.isEditing) return
      const place = placeAt(event.target)
      if (place) store.select(place, true)
    },
    onMouseUp: () => focusIn(root.current),
    onDoubleClick: (event: React.MouseEvent) => {
      if (!placeAt(event.target) || store.isEditing) return
      const active = store.active
      if (active && store.cells.columnOf(active.column)?.kind === 'choice') store.showMenu(true)
      else store.startEdit('end')
    },
  }
}
