import { Button } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ChoiceFilter } from '@/components/filter-bar'
import { Grid, type GridStore, useGrid } from '@/components/grid'
import { period as periodName } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { Cards } from './cards'
import { reviewSpec } from './columns'
import { type Board, type ReviewItem, type ReviewRow, rates, useEarlier, useEvidence } from './data'
import { Footer } from './footer'
import { useNarrow } from './narrow'
import { Notices, Submitted } from './notices'
import { Panel } from './panel'
import { boardProgress } from './progress'
import { useJoined, useReviewSaver, useSaverStatus } from './saving'
import { reviewTexts } from './texts'

interface Props {
  board: Board
  role: string
  roleName: string
  /** The code of the period before. */
  before: string | undefined
}

const isReturned = (row: ReviewRow): boolean => row.cells.some((cell) => cell.state === 'returned')

const rowClass = (row: ReviewRow): string | undefined => (isReturned(row) ? 'reviews-returned' : undefined)

/** The rows of one role: what was handed back first, then by staff number. */
const rowsOf = (board: Board, role: string): ReviewRow[] =>
  board.rows.filter((row) => row.role === role).sort((a, b) => Number(isReturned(b)) - Number(isReturned(a)) || a.staff_no.localeCompare(b.staff_no))

/** One role's reviews: a grid, or on a phone a card for each person. */
export function Desk({ board, role, roleName, before }: Props) {
  const say = useTexts(reviewTexts)
  const language = useLanguage()
  const { me } = useSession()
  const narrow = useNarrow()
  const [unit] = useInAddress('at')
  const [panel, showPanel] = useState(true)
  const saving = useReviewSaver(board.period, role, me.username)
  const all = useMemo(() => rowsOf(board, role), [board, role])
  const items = useMemo(() => board.items.filter((item) => all.some((row) => rates(row, item))), [board, all])
  const rows = useMemo(() => (unit ? all.filter((row) => row.unit === unit) : all), [all, unit])
  const units = useMemo(() => [...new Map(all.map((row) => [row.unit, row.unit_name ?? row.unit]))], [all])
  const { data: evidence } = useEvidence(before, language)
  const { data: earlier } = useEarlier(before)
  const stopped = useSaverStatus(saving, (status) => status.state === 'stopped')
  const open = board.state === 'collecting' && !stopped
  const several = units.length > 1
  // The language is in the columns' titles.
  const spec = useMemo(() => reviewSpec({ rows, items, evidence, open, units: several && !unit, language }), [rows, items, evidence, open, several, unit, language])
  const store = useGrid(spec)
  const restored = useJoined(store, saving, all, items)
  useStart(store, `steelyard.reviews.${me.username}.${board.period}.${role}`, rows, items, narrow)
  const name = periodName(board.period, language)
  const submitted = <Submitted period={name} store={store} rows={all} roleName={roleName} />
  return (
    <div className="reviews">
      <Notices period={name} store={store} saving={saving} rows={all} items={items} roleName={roleName} restored={restored} />
      {narrow ? (
        <>
          {submitted}
          <Cards store={store} rows={rows} items={items} open={open} />
        </>
      ) : (
        <>
          <div className="reviews-tools">
            {several && <ChoiceFilter name="at" label={say('unit')} options={units.map(([value, label]) => ({ value, label }))} />}
            {submitted}
            <Button className="reviews-toggle" aria-expanded={panel} aria-controls="rubric" onClick={() => showPanel(!panel)}>{say(panel ? 'hidePanel' : 'showPanel')}</Button>
          </div>
          <div className={panel ? 'reviews-desk with-panel' : 'reviews-desk'}>
            <Grid label={say('grid', { period: name, role: roleName })} store={store} spec={spec} rowClass={rowClass} />
            <div id="rubric" hidden={!panel}>{panel && <Panel store={store} rows={rows} items={items} evidence={evidence} before={before} />}</div>
          </div>
        </>
      )}
      <Footer period={board.period} store={store} saving={saving} rows={rows} items={items} earlier={earlier} open={open} />
    </div>
  )
}

/** Begins where the user left off, else at the first cell that is open; and remembers where that is. */
function useStart(store: GridStore<ReviewRow>, kept: string, rows: readonly ReviewRow[], items: readonly ReviewItem[], narrow: boolean): void {
  const begun = useRef(false)
  useEffect(() => {
    if (!begun.current && rows.length > 0) {
      begun.current = true
      const [row, column] = (localStorage.getItem(kept) ?? '').split('\n')
      const last = row && column && store.cells.placeOf({ row, column }) ? { row, column } : undefined
      const next = last ?? boardProgress(rows, items, store.cells.text).next
      if (next) store.goToCell(next)
      if (next && !narrow) document.querySelector<HTMLElement>('.reviews .grid-editor')?.focus({ preventScroll: true })
    }
    let was = store.status().active
    return store.followStatus(() => {
      const { active } = store.status()
      if (active === was) return
      was = active
      if (active) localStorage.setItem(kept, `${active.row}\n${active.column}`)
    })
  }, [store, kept, rows, items, narrow])
}
