import { Button, Table, type TableProps } from 'antd'
import type { ColumnType } from 'antd/es/table'
import { type ReactNode, useEffect, useRef } from 'react'
import { count } from '@/lib/format'
import { usePreferences } from '@/lib/preferences'
import { defineTexts, useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { Own } from './content'
import { Failure, Loading } from './states'

const texts = defineTexts('data-table', {
  some: { zh: '已显示 {shown} / {total}', en: '{shown} of {total} shown' },
  shown: { zh: '已显示 {n} 条，还有更多', en: '{n, plural, one {# row} other {# rows}} shown; there are more' },
  all: { zh: '共 {total} 条', en: '{total, plural, one {# row} other {# rows}}' },
  more: { zh: '加载更多', en: 'Show more' },
})

/** A column. `sort` is the name by which the API sorts; `numeric` aligns figures by their last digit. */
export interface Column<Row> extends Omit<ColumnType<Row>, 'sorter' | 'filters'> {
  key: string
  title: ReactNode
  sort?: string
  numeric?: boolean
}

/** A list that comes in pages: what an infinite query of the API gives. */
export interface Paged<Row> {
  rows: readonly Row[] | undefined
  total?: number
  error: unknown
  refetch: () => unknown
  hasMore: boolean
  loadMore: () => unknown
  loadingMore: boolean
}

interface Props<Row> {
  /** What the table lists, for those who hear it. */
  label: string
  columns: readonly Column<Row>[]
  list: Paged<Row>
  rowKey: (row: Row) => string
  /** What stands there instead when there is no row. */
  empty: ReactNode
  rowSelection?: TableProps<Row>['rowSelection']
  rowClassName?: (row: Row) => string
  /** What stands below the rows, by the keys of columns. */
  foot?: Readonly<Record<string, ReactNode>>
}

/**
 * A table of the API: sorted by what the address says, a page more at a time. Rows
 * are opened by a link or button in their first cell, not by clicking somewhere.
 */
export function DataTable<Row extends object>({ label, columns, list, rowKey, empty, rowSelection, rowClassName, foot }: Props<Row>) {
  const say = useTexts(texts)
  const { density } = usePreferences()
  const [sort, setSort] = useInAddress('sort')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => silenceMeasureRows(box.current), [])
  if (list.rows === undefined) {
    return list.error ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : <Loading rows={10} />
  }
  if (list.rows.length === 0) return <>{empty}</>
  return (
    <div ref={box} className={density === 'dense' ? 'table dense' : 'table'}>
      {list.error ? <Failure error={list.error} onRetry={() => void list.refetch()} /> : null}
      <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
        <Table<Row>
          size="small"
          aria-label={label}
          columns={columns.map((column) => drawnColumn(column, sort))}
          dataSource={list.rows as Row[]}
          rowKey={rowKey}
          pagination={false}
          sortDirections={['ascend', 'descend']}
          showSorterTooltip={false}
          rowSelection={rowSelection}
          rowClassName={rowClassName}
          summary={foot && (() => <Foot columns={columns} cells={foot} selected={rowSelection !== undefined} />)}
          onChange={(_pages, _filters, sorter) => {
            const by = Array.isArray(sorter) ? sorter[0] : sorter
            const name = columns.find((column) => column.key === by?.columnKey)?.sort
            setSort(name && by?.order ? (by.order === 'descend' ? `-${name}` : name) : undefined)
          }}
        />
      </div>
      <div className="table-foot">
        <span role="status">
          {!list.hasMore ? say('all', { total: list.rows.length })
            : list.total === undefined ? say('shown', { n: list.rows.length }) : say('some', { shown: count(list.rows.length), total: count(list.total) })}
        </span>
        {list.hasMore && (
          <Button loading={list.loadingMore} onClick={() => void list.loadMore()}>{say('more')}</Button>
        )}
      </div>
    </div>
  )
}

function Foot<Row>({ columns, cells, selected }: { columns: readonly Column<Row>[]; cells: Readonly<Record<string, ReactNode>>; selected: boolean }) {
  return (
    <Table.Summary.Row>
      {selected && <Table.Summary.Cell index={0} />}
      {columns.map((column, i) => <Table.Summary.Cell key={column.key} index={i + Number(selected)} align={column.numeric ? 'right' : undefined} className={column.numeric ? 'numeric' : undefined}>{cells[column.key]}</Table.Summary.Cell>)}
    </Table.Summary.Row>
  )
}

function drawnColumn<Row>({ sort, numeric, ...column }: Column<Row>, by: string | undefined): ColumnType<Row> {
  return {
    ...column,
    render: (value, row, at) => inItsLanguage(column.render ? column.render(value, row, at) as ReactNode : value as ReactNode),
    className: [column.className, numeric && 'numeric'].filter(Boolean).join(' '),
    align: numeric ? 'right' : column.align,
    ...(sort && { sorter: true, sortOrder: by === sort ? 'ascend' : by === `-${sort}` ? 'descend' : null }),
  }
}

/** A text alone is mostly the bank's own: the name of a unit, a position. */
const inItsLanguage = (cell: ReactNode): ReactNode => (typeof cell === 'string' ? <Own text={cell} /> : cell)

/** The row by which antd measures columns repeats what can be focused: nobody should reach it. */
function silenceMeasureRows(box: HTMLElement | null): (() => void) | undefined {
  if (!box) return undefined
  const silence = () => {
    for (const row of box.querySelectorAll('.ant-table-measure-row')) row.setAttribute('inert', '')
  }
  const observer = new MutationObserver(silence)
  observer.observe(box, { childList: true, subtree: true })
  silence()
  return () => observer.disconnect()
}
