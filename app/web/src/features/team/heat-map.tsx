import { type KeyboardEvent, useRef, useState } from 'react'
import { heatColours } from '@/components/charts'
import { PersonName } from '@/components/content'
import { drawn, latin, score } from '@/lib/format'
import { content, useTexts } from '@/lib/text'
import { useScheme } from '@/lib/theme'
import { useInAddress } from '@/lib/url'
import { type Card, type Row, moved } from './model'
import { texts } from './texts'

interface Props {
  card: Card
  label: string
  onPerson: (staffNo: string) => void
  onCell: (staffNo: string, item: string) => void
}

/**
 * People by items: each score on one of five steps, its value in it. The map is
 * one stop of the Tab key; arrow keys move within.
 */
export function HeatMap({ card, label, onPerson, onCell }: Props) {
  const say = useTexts(texts)
  const [at, go] = useState<readonly [number, number]>([0, 0])
  const body = useRef<HTMLTableSectionElement>(null)
  const keys = (event: KeyboardEvent) => {
    const next = moved(at, event.key, card.rows.length, card.items.length + 1)
    if (!next || event.nativeEvent.isComposing) return
    event.preventDefault()
    go(next)
    body.current?.querySelector<HTMLButtonElement>(`[data-at="${next.join('-')}"]`)?.focus()
  }
  const stop = (row: number, column: number) => ({
    'data-at': `${row}-${column}`, tabIndex: row === at[0] && column === at[1] ? 0 : -1, onFocus: () => go([row, column]),
  })
  return (
    <div className="table-scroll heat-scroll">
      <table className="heat-map" aria-label={label}>
        <thead>
          <tr>
            <Head name={say('person')} by="name" />
            <Head name={say('total')} by="total" numeric />
            {card.items.map((item) => <Head key={item.key} name={item.name} by={`item:${item.key}`} numeric />)}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={keys}>
          {card.rows.map((row, r) => (
            <tr key={row.result.staff_no}>
              <th scope="row">
                <button type="button" className="link" {...stop(r, 0)} onClick={() => onPerson(row.result.staff_no)}>
                  <PersonName person={row.result} /> <span className="muted">{row.result.staff_no}</span>
                </button>
              </th>
              <td className="numeric heat-total"><Outcome row={row} /></td>
              {card.items.map((item, c) => <Cell key={item.key} row={row} item={item.key} stop={stop(r, c + 1)} onCell={onCell} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Total and grade, or why there is none. */
function Outcome({ row: { result } }: { row: Row }) {
  const say = useTexts(texts)
  if (result.status !== 'complete') return <span className="muted" title={result.reason}>{say(result.status)}</span>
  return <>{score(result.total)}{result.grade && <span className="heat-grade">{result.grade}</span>}</>
}

/** A heading by which the rows are sorted. */
function Head({ name, by, numeric }: { name: string; by: string; numeric?: boolean }) {
  const say = useTexts(texts)
  const [sort, set] = useInAddress('sort')
  const way = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined
  // Scores are looked at from either end; names from their beginning.
  const next = way === undefined ? (numeric ? `-${by}` : by) : way === 'descending' ? (numeric ? by : undefined) : numeric ? undefined : `-${by}`
  return (
    <th scope="col" aria-sort={way} className={numeric ? 'numeric' : undefined}>
      <button type="button" className="heat-sort" onClick={() => set(next)} aria-label={say('sortBy', { name })}>
        {name}<span aria-hidden="true">{way === 'ascending' ? ' ▲' : way === 'descending' ? ' ▼' : ''}</span>
      </button>
    </th>
  )
}

interface CellProps {
  row: Row
  item: string
  stop: { 'data-at': string; tabIndex: number; onFocus: () => void }
  onCell: Props['onCell']
}

function Cell({ row, item, stop, onCell }: CellProps) {
  const say = useTexts(texts)
  const scheme = useScheme()
  const found = row.items.find((one) => one.item === item)
  const { staff_no } = row.result
  const colours = heatColours(scheme, found?.score ? drawn(found.score) : undefined)
  const words = { name: latin(row.result), item: content(found?.name) || item }
  const reason = found?.missing ?? say('noReason')
  return (
    <td className="heat-cell">
      <button type="button" className={colours ? undefined : 'heat-missing'} {...stop} style={colours && { background: colours.fill, color: colours.text }}
        onClick={() => onCell(staff_no, item)} title={found?.score ? undefined : reason}
        aria-label={found?.score ? say('cell', { ...words, score: score(found.score) }) : say('cellMissing', { ...words, reason })}>
        {score(found?.score)}
      </button>
    </td>
  )
}
