import { Button, Checkbox, Popover } from 'antd'
import type { Column } from './data-table'
import { defineTexts, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import './column-choice.css'

const texts = defineTexts('column-choice', {
  columns: { zh: '列', en: 'Columns' },
  choose: { zh: '显示的列', en: 'Columns shown' },
  all: { zh: '全部显示', en: 'Show all' },
})

/** The columns that the address asks for; all of them where it asks for none. */
export function useChosenColumns<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  const [params] = useAddress()
  const asked = params.get('columns')?.split(',') ?? []
  const chosen = columns.filter((column) => asked.includes(column.key))
  return chosen.length > 0 ? chosen : columns
}

/** Which columns a list shows; the choice stands in the address, and so in saved views and exports. The first always stays. */
export function ColumnChoice<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  const say = useTexts(texts)
  const [, change] = useAddress()
  const shown = useChosenColumns(columns).map((column) => column.key)
  const set = (keys: readonly string[]) => {
    const next = columns.map((column) => column.key).filter((key, i) => i === 0 || keys.includes(key))
    change({ columns: next.length === columns.length ? undefined : next.join(',') })
  }
  const choice = (
    <div className="column-choice" role="group" aria-label={say('choose')}>
      {columns.slice(1).map((column) => (
        <Checkbox key={column.key} checked={shown.includes(column.key)}
          onChange={(event) => set(event.target.checked ? [...shown, column.key] : shown.filter((key) => key !== column.key))}>
          {column.title}
        </Checkbox>
      ))}
      <Button size="small" disabled={shown.length === columns.length} onClick={() => set(columns.map((column) => column.key))}>{say('all')}</Button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={choice}>
      <Button aria-haspopup="true">{say('columns')}</Button>
    </Popover>
  )
}
