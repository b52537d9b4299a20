import { App, Button, Modal } from 'antd'
import dayjs from 'dayjs'
import { useMemo, useState } from 'react'
import { type GridStore, type ReadText, useRestingStatus } from '@/components/grid'
import { ProblemText } from '@/components/states'
import { api, queries } from '@/lib/api'
import { useTexts } from '@/lib/text'
import { commentColumn, levelColumn } from './columns'
import { type Board, type ReviewItem, type ReviewRow, boardKey, columnsOf, rates, seatOf, writtenIn } from './data'
import { type BoardProgress, boardProgress } from './progress'
import { type Saving, useSaverStatus } from './saving'
import { reviewTexts } from './texts'

interface Props {
  period: string
  store: GridStore<ReviewRow>
  saving: Saving
  rows: readonly ReviewRow[]
  items: readonly ReviewItem[]
  /** What the user wrote the month before. */
  earlier: Board | undefined
  open: boolean
}

/** Whether all is saved, for those who look and those who listen. */
function SaveStatus({ saving }: { saving: Saving }) {
  const say = useTexts(reviewTexts)
  const status = useSaverStatus(saving, (all) => all)
  const left = status.conflicts + status.refused
  const text = () => {
    if (status.state === 'offline') return say('offline', { n: status.waiting })
    if (status.state === 'saving') return say('saving')
    if (left > 0 || status.state === 'stopped') return say('notSaved', { n: left + status.waiting })
    return status.savedAt ? say('saved', { time: dayjs(status.savedAt).format('HH:mm:ss') }) : say('untouched')
  }
  return <span role="status" className={status.state === 'idle' && left === 0 ? 'reviews-status' : 'reviews-status attention'}>{text()}</span>
}

/** What was written last month, for cells that are empty now. */
function fromEarlier(earlier: Board | undefined, rows: readonly ReviewRow[], items: readonly ReviewItem[], store: GridStore<ReviewRow>, read: ReadText) {
  const found: { row: string; column: string; text: string }[] = []
  const before = new Map(earlier?.rows.map((row) => [seatOf(row), row]))
  for (const row of rows) {
    const old = before.get(seatOf(row))
    for (const { key, item } of columnsOf(items)) {
      const cell = old && rates(row, item) ? writtenIn(old, item.item) : undefined
      if (!cell || !item.levels.some((level) => level.level === cell.level)) continue
      const seat = seatOf(row)
      if (read(seat, levelColumn(key)) !== '' || !store.cells.editable({ row: seat, column: levelColumn(key) })) continue
      found.push({ row: seat, column: levelColumn(key), text: cell.level })
      if (cell.comment && read(seat, commentColumn(key)) === '') found.push({ row: seat, column: commentColumn(key), text: cell.comment })
    }
  }
  return found
}

/** Always in sight: how far one is, what is saved, and the way out. */
export function Footer({ period, store, saving, rows, items, earlier, open }: Props) {
  const say = useTexts(reviewTexts)
  const read = useRestingStatus(store, (status) => status.read)
  const progress = useMemo(() => boardProgress(rows, items, read), [rows, items, read])
  const canRest = useMemo(() => open && fromEarlier(earlier, rows, items, store, read).length > 0, [open, earlier, rows, items, store, read])
  const go = () => {
    if (!progress.next) return
    store.goToCell(progress.next)
    document.querySelector<HTMLElement>('.reviews .grid-editor')?.focus({ preventScroll: true })
  }
  return (
    <footer className="reviews-footer">
      <div className="reviews-counts">
        <strong>{say('people', { n: progress.complete, total: progress.people })}</strong>
        <span className="muted">{say('cellsDone', { n: progress.done, total: progress.due })}</span>
        <Distribution levels={progress.levels} />
      </div>
      <SaveStatus saving={saving} />
      <div className="reviews-actions">
        {canRest && <Button onClick={() => store.announce(say('restDone', { n: store.enter(fromEarlier(earlier, rows, items, store, store.cells.text)) }))}>{say('restAsLast')}</Button>}
        {open && progress.next && <Button className="reviews-next" onClick={go}>{say('nextOpen')}</Button>}
        {open && <Submit period={period} store={store} saving={saving} progress={progress} />}
      </div>
    </footer>
  )
}

function Distribution({ levels }: { levels: readonly [string, number][] }) {
  const say = useTexts(reviewTexts)
  const total = levels.reduce((sum, [, n]) => sum + n, 0)
  if (total === 0) return null
  return (
    <ul className="distribution" aria-label={say('distribution')}>
      {levels.map(([level, n]) => (
        <li key={level}>
          <span className="distribution-bar" style={{ height: `${Math.round((18 * n) / total)}px` }} aria-hidden="true" />
          {say('ofLevel', { level, n })}
        </li>
      ))}
    </ul>
  )
}

function Submit({ period, store, saving, progress }: { period: string; store: GridStore<ReviewRow>; saving: Saving; progress: BoardProgress }) {
  const say = useTexts(reviewTexts)
  const { message } = App.useApp()
  const [asking, ask] = useState(false)
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const cells = progress.ready.reduce((sum, seat) => sum + seat.cells, 0)
  const people = progress.ready.length
  const begin = async () => {
    store.commit()
    await saving.saver.flush()
    const status = saving.saver.status()
    if (status.waiting + status.conflicts + status.refused > 0) {
      void message.warning(say('submitWaits'))
      return
    }
    fail(undefined)
    ask(true)
  }
  const submit = async () => {
    work(true)
    fail(undefined)
    try {
      const { data } = await api.POST('/periods/{period}/review-grid/submit', {
        params: { path: { period } },
        body: { reviews: progress.ready.map(({ row }) => ({ staff_no: row.staff_no, unit: row.unit, position: row.position, role: row.role })) },
      })
      ask(false)
      void message.success(say('submitted', { n: data?.submitted ?? 0 }))
      await queries.invalidateQueries({ queryKey: boardKey(period) })
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  const done = progress.due > 0 && progress.submitted === progress.due
  return (
    <>
      {done ? <span className="reviews-done">{say('allSubmitted')}</span> : (
        <Button type="primary" disabled={people === 0} title={people === 0 ? say('submitHint') : undefined} onClick={() => void begin()}>{say('submit')}</Button>
      )}
      <Modal open={asking} title={say('submitAsk', { people, cells })} okText={say('submitDo', { cells })} cancelText={say('back')} confirmLoading={busy}
        onOk={() => void submit()} onCancel={() => ask(false)}>
        <p>{say('submitHow')}</p>
        {progress.unfinished > 0 && <p>{say('submitRest', { n: progress.unfinished })}</p>}
        {error !== undefined && <p role="alert" className="reviews-error"><ProblemText error={error} /></p>}
      </Modal>
    </>
  )
}
