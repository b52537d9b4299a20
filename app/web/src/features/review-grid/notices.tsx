import { Alert, Button, Popover } from 'antd'
import { useMemo, useState } from 'react'
import { Copy } from '@/components/copy'
import { type GridStore, useRestingStatus } from '@/components/grid'
import type { SaverStatus, Theirs } from '@/lib/autosave'
import { instant } from '@/lib/format'
import { latin } from '@/lib/format'
import { content, useTexts } from '@/lib/text'
import { levelColumn } from './columns'
import { type ReviewItem, type ReviewRow, type Said, columnsOf, partsOf, rates, seatOf } from './data'
import { type Saving, useSaverStatus } from './saving'
import { reviewTexts } from './texts'

interface Props {
  /** The period's name. */
  period: string
  store: GridStore<ReviewRow>
  saving: Saving
  rows: readonly ReviewRow[]
  items: readonly ReviewItem[]
  roleName: string
  restored: number
}

const focusGrid = (): void => document.querySelector<HTMLElement>('.reviews .grid-editor')?.focus({ preventScroll: true })

/** Above the grid: what stands in the way, and what to do about it. */
export function Notices(props: Props) {
  const say = useTexts(reviewTexts)
  const { saving, restored } = props
  const [seen, see] = useState(0)
  const stopped = useSaverStatus(saving, (status) => status.state === 'stopped')
  return (
    <>
      <Stopped {...props} />
      <Conflicts {...props} />
      <ReturnedReviews {...props} />
      {restored > seen && !stopped && <Alert type="success" showIcon title={say('restored', { n: restored })} closable={{ onClose: () => see(restored) }} role="status" />}
    </>
  )
}

const labelOf = (cell: string, rows: readonly ReviewRow[], items: readonly ReviewItem[]): { who: string; no: string; item: string } => {
  const { seat, item } = partsOf(cell)
  const row = rows.find((one) => seatOf(one) === seat)
  return { who: (row && latin(row)) ?? seat.split('\t')[0] ?? '', no: seat.split('\t')[0] ?? '', item: content(items.find((one) => one.item === item)?.name) || item }
}

/** How the saving stands, where something stands in its way. */
const inTrouble = (status: SaverStatus): SaverStatus | undefined => (status.state === 'stopped' || status.refused > 0 || status.conflicts > 0 ? status : undefined)

/** Nothing can be saved any more: what was written stays, and can be taken elsewhere. */
function Stopped({ saving, rows, items }: Props) {
  const say = useTexts(reviewTexts)
  const { saver } = saving
  const status = useSaverStatus(saving, inTrouble)
  useSaverStatus(saving, ({ held }) => held)
  const unsaved = saver.unsaved()
  const strangers = unsaved.filter(({ cell }) => !saving.seats.place(cell))
  if (!status && strangers.length === 0) return null
  const left = status?.state === 'stopped' ? unsaved : unsaved.filter(({ cell, state }) => state.is === 'refused' || strangers.some((one) => one.cell === cell))
  if (left.length === 0 && status?.state !== 'stopped') return null
  const text = left.map(({ cell, value }) => {
    const { no, who, item } = labelOf(cell, rows, items)
    return [no, who, item, value.level, value.comment.replace(/\s+/g, ' ')].join('\t')
  }).join('\r\n')
  const first = left.find((one) => one.state.is === 'refused')?.state
  const reason = status?.reason ?? (first?.is === 'refused' ? first.reason : '')
  return (
    <Alert type="error" showIcon
      title={status?.state === 'stopped' ? say('stopped', { reason }) : reason ? say('refused', { n: left.length, reason }) : say('strangers', { n: strangers.length })}
      description={
        <div className="reviews-notice">
          <p>{say('stoppedHow')}</p>
          {left.length > 0 && (
            <p className="reviews-notice-actions">
              <span>{say('copyUnsaved', { n: left.length })}</span>
              <Copy text={text} label={say('copyUnsaved', { n: left.length })} />
              <Button size="small" onClick={() => saver.discard()}>{say('drop')}</Button>
            </p>
          )}
        </div>
      } />
  )
}

/** Two who wrote one cell: both values, who and when, and the choice. */
function Conflicts({ saving, rows, items }: Props) {
  const say = useTexts(reviewTexts)
  const { saver } = saving
  useSaverStatus(saving, inTrouble)
  const open = saver.unsaved().flatMap(({ cell, value, state }) => (state.is === 'conflict' ? [{ cell, value, theirs: state.theirs }] : []))
  if (open.length === 0) return null
  const both = (said: Said) => [said.level, said.comment].filter(Boolean).join(' · ') || say('nothing')
  const who = (theirs: Theirs<Said>) => (theirs.by ? say('theirs', { who: theirs.by, at: instant(theirs.at) }) : say('theirsUnknown'))
  return (
    <Alert type="warning" showIcon title={say('conflicts', { n: open.length })}
      description={
        <ul className="conflicts">
          {open.map(({ cell, value, theirs }) => {
            const { who: name, item } = labelOf(cell, rows, items)
            return (
              <li key={cell}>
                <strong>{`${name} · ${item}`}</strong>
                <dl className="facts">
                  <dt>{say('mine')}</dt>
                  <dd>{both(value)}</dd>
                  <dt>{who(theirs)}</dt>
                  <dd>{both(theirs.value)}</dd>
                </dl>
                <span className="reviews-notice-actions">
                  {theirs.locked ? <span>{say('takeTheirsOnly')}</span> : <Button size="small" onClick={() => saver.resolve(cell, true)}>{say('takeMine')}</Button>}
                  <Button size="small" onClick={() => saver.resolve(cell, false)}>{say('takeTheirs')}</Button>
                </span>
              </li>
            )
          })}
        </ul>
      } />
  )
}

/** What was handed back, with why. */
function ReturnedReviews({ store, rows, items }: Props) {
  const say = useTexts(reviewTexts)
  const returned = rows.flatMap((row) => columnsOf(items).flatMap(({ key, item }) => {
    const cell = rates(row, item) ? row.cells.find((one) => one.item === item.item && one.state === 'returned') : undefined
    return cell ? [{ row, key, item, cell }] : []
  }))
  if (returned.length === 0) return null
  return (
    <Alert type="warning" showIcon title={say('returned', { n: returned.length })}
      description={
        <ul className="conflicts">
          {returned.map(({ row, key, item, cell }) => (
            <li key={`${seatOf(row)} ${key}`} className="reviews-notice-actions">
              <span>{say('returnedOne', { who: latin(row), item: content(item.name), reason: cell.return_reason ?? '' })}</span>
              <Button size="small" onClick={() => {
                store.goToCell({ row: seatOf(row), column: levelColumn(key) })
                focusGrid()
              }}>{say('goThere')}</Button>
            </li>
          ))}
        </ul>
      } />
  )
}

/** Of what is submitted already: who can hand it back. */
export function Submitted({ period, store, rows, roleName }: Pick<Props, 'period' | 'store' | 'rows' | 'roleName'>) {
  const say = useTexts(reviewTexts)
  const active = useRestingStatus(store, (status) => status.active?.row)
  const row = useMemo(() => rows.find((one) => seatOf(one) === active), [rows, active])
  if (!row?.cells.some((cell) => cell.state === 'submitted')) return null
  const text = say('askReturnText', { period, who: latin(row), no: row.staff_no, role: roleName })
  return (
    <p className="reviews-submitted">
      <span>{`${latin(row)} · ${say('stateSubmitted')}`}</span>
      <Popover trigger="click" placement="bottomLeft" title={say('askReturn')}
        content={
          <div className="reviews-ask">
            <p>{say('askReturnHow')}</p>
            <p><em className="reviews-quote">{text}</em><Copy text={text} label={say('copyText')} /></p>
          </div>
        }>
        <Button size="small" type="link">{say('askReturn')}</Button>
      </Popover>
    </p>
  )
}
