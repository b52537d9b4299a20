import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input } from 'antd'
import { useCallback, useEffect, useId, useRef, useSyncExternalStore } from 'react'
import { type GridStore, useGridStatus } from '@/components/grid'
import { cellId } from '@/components/grid/model'
import { Own, PersonName } from '@/components/content'
import { content, useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { commentColumn, commentMost, levelColumn, needsComment, phrasesOf } from './columns'
import { type ReviewItem, type ReviewRow, columnsOf, rates, seatOf } from './data'
import { seatProgress, stateText } from './progress'
import { reviewTexts } from './texts'

interface Props {
  store: GridStore<ReviewRow>
  rows: readonly ReviewRow[]
  items: readonly ReviewItem[]
  open: boolean
}

function useCell(store: GridStore<ReviewRow>, row: string, column: string) {
  const follow = useCallback((changed: () => void) => store.follow(cellId(row, column), changed), [store, row, column])
  return useSyncExternalStore(follow, () => store.view({ row, column }))
}

/** How far a finger goes sideways before it turns the card. */
const swipe = 70

/** On a phone: a card for each person, one after the other. */
export function Cards({ store, rows, items, open }: Props) {
  const say = useTexts(reviewTexts)
  const [person, show] = useInAddress('person')
  const began = useRef<{ x: number; y: number }>(undefined)
  const head = useRef<HTMLHeadingElement>(null)
  useGridStatus(store, (status) => status.read)
  useEffect(() => {
    if (rows.some((one) => one.staff_no === person)) return
    const first = rows.find((one) => seatProgress(one, items, store.cells.text).open.length > 0) ?? rows[0]
    if (first) show(first.staff_no)
  }, [person, rows, items, store, show])
  const at = Math.max(0, rows.findIndex((one) => one.staff_no === person))
  const row = rows[at]
  useEffect(() => {
    if (row) store.goToCell({ row: seatOf(row), column: 'name' })
  }, [row, store])
  if (!row) return null
  const go = (by: number) => {
    const next = rows[at + by]
    if (!next) return
    show(next.staff_no)
    head.current?.focus()
  }
  return (
    <section className="card" aria-label={say('progressLabel', { n: at + 1, total: rows.length })}
      onTouchStart={(event) => {
        const touch = event.touches.item(0)
        began.current = { x: touch.clientX, y: touch.clientY }
      }}
      onTouchEnd={(event) => {
        const touch = event.changedTouches.item(0)
        if (!began.current) return
        const [dx, dy] = [touch.clientX - began.current.x, touch.clientY - began.current.y]
        if (Math.abs(dx) > swipe && Math.abs(dy) < swipe / 2) go(dx < 0 ? 1 : -1)
      }}>
      <div className="card-head">
        <Button size="large" icon={<LeftOutlined aria-hidden />} aria-label={say('previous')} disabled={at === 0} onClick={() => go(-1)} />
        <div className="card-who">
          <h2 ref={head} tabIndex={-1}><PersonName person={row} /></h2>
          <span className="muted">{row.staff_no} · <Own text={row.position} />{` · ${stateText(seatProgress(row, items, store.cells.text))}`}</span>
          <span className="figure">{say('card', { n: at + 1, total: rows.length })}</span>
        </div>
        <Button size="large" icon={<RightOutlined aria-hidden />} aria-label={say('next')} disabled={at === rows.length - 1} onClick={() => go(1)} />
      </div>
      {columnsOf(items).map(({ key, item }) => rates(row, item) && <CardItem key={`${seatOf(row)} ${key}`} store={store} seat={seatOf(row)} column={key} item={item} open={open} />)}
      <Button size="large" block disabled={at === rows.length - 1} onClick={() => go(1)}>{say('next')}</Button>
    </section>
  )
}

function CardItem({ store, seat, column, item, open }: { store: GridStore<ReviewRow>; seat: string; column: string; item: ReviewItem; open: boolean }) {
  const say = useTexts(reviewTexts)
  const id = useId()
  const level = useCell(store, seat, levelColumn(column))
  const comment = useCell(store, seat, commentColumn(column))
  const fixed = !open || level.readOnly
  const given = item.levels.find((one) => one.level === level.text)
  const trouble = level.problem ?? level.mark?.text ?? comment.problem ?? comment.mark?.text ?? comment.want
  const write = (of: string, text: string) => store.enter([{ row: seat, column: of, text }])
  return (
    <fieldset className="card-item" disabled={fixed}>
      <legend>{content(item.name)}</legend>
      <div className="card-levels">
        {item.levels.map((one) => (
          <label key={one.level} className={one.level === level.text ? 'card-level given' : 'card-level'}>
            <input type="radio" name={id} value={one.level} checked={one.level === level.text} onChange={() => write(levelColumn(column), one.level)} />
            <span className="card-level-key">{one.level}</span>
            <span className="card-level-name">{content(one.name)}</span>
          </label>
        ))}
      </div>
      {given && <p className="muted">{content(given.description)}</p>}
      <label className="card-comment">
        <span>{`${say('comment', { item: content(item.name) })}${needsComment(item, level.text) ? ` · ${say('needsComment')}` : ''}`}</span>
        <Input.TextArea className="growing" rows={2} value={comment.text} status={comment.want ?? comment.problem ? 'warning' : undefined}
          aria-describedby={trouble === undefined ? undefined : `${id}-trouble`} count={{ max: commentMost, show: ({ count }) => (count > commentMost - 200 ? `${count} / ${commentMost}` : '') }}
          onChange={(event) => write(commentColumn(column), event.target.value)} />
      </label>
      {trouble !== undefined && <p id={`${id}-trouble`} className="card-trouble">{trouble}</p>}
      {!fixed && (
        <Dropdown trigger={['click']} menu={{
          items: phrasesOf(item, level.text).slice(0, 6).map((phrase, i) => ({
            key: String(i), label: phrase, onClick: () => write(commentColumn(column), [comment.text.trimEnd(), phrase].filter(Boolean).join('；')),
          })),
        }}>
          <Button size="small">{say('phrase')}</Button>
        </Dropdown>
      )}
    </fieldset>
  )
}
