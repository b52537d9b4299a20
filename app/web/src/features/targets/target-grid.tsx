import { Alert, App, Button, Modal } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useBlocker, useNavigate } from 'react-router'
import { type CellEdit, Grid, type GridColumn, type GridSpec, type GridStore, useGrid, useGridStatus } from '@/components/grid'
import { ProblemText } from '@/components/states'
import { type Schema, api, queries } from '@/lib/api'
import { decimal, latin } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { Pending, type Target, keyOf } from './rows'
import { texts } from './texts'

type Outcome = Schema<'TargetOutcomes'>['outcomes'][number]

/** The most changes that go out at once. */
const atOnce = 2000

function useSpec(rows: readonly Target[], writable: boolean): GridSpec<Target> {
  const say = useTexts(texts)
  const wide = useLanguage() === 'en' // its words are longer
  return useMemo(() => {
    const shown = (key: string, title: string, width: number, value: (t: Target) => string, frozen = false): GridColumn<Target> => ({ kind: 'text', key, title, width, frozen, value, quiet: !frozen })
    const figure = (key: 'target' | 'baseline'): GridColumn<Target> => ({ kind: 'decimal', key, title: say(key), width: 150, places: 6, show: (value) => value && decimal(value), editable: () => writable })
    const columns: GridColumn<Target>[] = [
      shown('name', say('name'), wide ? 128 : 96, latin, true),
      shown('staff_no', say('staff_no'), 88, (t) => t.staff_no, true),
      shown('unit', say('unit'), 130, (t) => t.unit_name ?? t.unit),
      shown('metric', say('metric'), 190, (t) => (t.unit_of_measure ? say('inUnit', { metric: t.metric_name, unit: t.unit_of_measure }) : t.metric_name)),
      figure('target'),
      figure('baseline'),
      { kind: 'decimal', key: 'actual', title: say('actual'), width: 130, quiet: true, value: (t) => (t.actual ? decimal(t.actual, t.decimals) : '') },
    ]
    return { columns, rows, rowKey: keyOf, rowLabel: (t) => say('row', { name: latin(t), metric: t.metric_name }), rowIds: (t) => [t.staff_no, t.name, latin(t)] }
  }, [rows, writable, wide, say])
}

const storedText = (t: Target | undefined, column: string): string => (column === 'target' ? t?.target : column === 'baseline' ? t?.baseline : '') ?? ''

/** What cannot be read of a row stays in the grid; the other rows are saved. */
const isReadable = (store: GridStore<Target>, row: string): boolean =>
  (['target', 'baseline'] as const).every((column) => store.cells.problem({ row, column }) === undefined)

/** The grid with what is written in it until it is saved, as one batch. */
export function TargetGrid({ period, rows, onSaved }: { period: string; rows: readonly Target[]; onSaved: () => void }) {
  const say = useTexts(texts)
  const { can } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const writable = can('target.import')
  const byKey = useMemo(() => new Map(rows.map((row) => [keyOf(row), row])), [rows])
  const pending = useRef(new Pending())
  const [unsaved, count] = useState(0)
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const spec = useSpec(rows, writable)
  const save = async () => {
    const written = pending.current.changes((key) => byKey.get(key))
    const changes = written.filter(({ key }) => isReadable(store, key)).slice(0, atOnce)
    if (busy) return
    if (changes.length === 0) {
      if (written.length > 0) message.warning(say('wrong', { n: wrong }))
      return
    }
    work(true)
    fail(undefined)
    try {
      const answer = await api.PUT('/periods/{period}/targets', { params: { path: { period } }, body: { cells: changes.map((c) => c.cell) } })
      const bad = (answer.data?.outcomes ?? []).filter((outcome) => settle(changes[outcome.index]?.key, outcome))
      count(pending.current.size)
      const { batch } = answer.data ?? {}
      if (batch) message.success({ content: <>{say('saved', { n: changes.length - bad.length })} <Button size="small" type="link" onClick={() => void navigate(`/batches/${batch}`)}>{say('batch', { id: batch })}</Button></>, duration: 8 })
      if (bad.length > 0) message.warning(say('someWrong', { n: bad.length }), 8)
      await queries.invalidateQueries({ queryKey: ['coverage', period] })
      onSaved()
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  const events = useMemo(() => ({
    onEdit: (edits: readonly CellEdit[]) => {
      pending.current.take(edits, (row, column) => storedText(byKey.get(row), column))
      count(pending.current.size)
    },
  }), [byKey])
  const store = useGrid(spec, events)
  const wrong = useGridStatus(store, (status) => status.wrong)
  useEffect(() => {
    const untouched = rows.filter((row) => !pending.current.has(keyOf(row)))
    store.load(untouched.flatMap((row) => (['target', 'baseline'] as const).map((column) => ({ row: keyOf(row), column, text: storedText(row, column) }))))
  }, [store, rows])
  /** Takes what the server said of a row; true where it was not saved. */
  const settle = (key: string | undefined, outcome: Outcome): boolean => {
    if (!key) return false
    const ref = { row: key, column: 'target' }
    if (outcome.saved) {
      pending.current.done(key)
      store.mark(ref, undefined)
      return false
    }
    const text = outcome.current ? say('conflict', { value: outcome.current.target ?? '—' }) : (outcome.problem?.message ?? '')
    store.mark(ref, { tone: outcome.current ? 'conflict' : 'error', text })
    return true
  }
  return (
    <div className="targets">
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
      <Grid label={say('grid')} store={store} spec={spec} />
      {writable && (
        <div className="target-foot">
          <span role="status">{wrong > 0 ? say('wrong', { n: wrong }) : unsaved === 0 ? say('clean') : ''}</span>
          <Button type="primary" disabled={unsaved === 0} loading={busy} onClick={() => void save()}>{say('save', { n: unsaved })}</Button>
        </div>
      )}
      <LeaveGuard when={unsaved > 0} />
    </div>
  )
}

/** Asks before unsaved changes are left behind. */
function LeaveGuard({ when }: { when: boolean }) {
  const say = useTexts(texts)
  const blocker = useBlocker(({ currentLocation, nextLocation }) => when && currentLocation.pathname !== nextLocation.pathname)
  useEffect(() => {
    if (!when) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [when])
  return (
    <Modal open={blocker.state === 'blocked'} title={say('leave')} okText={say('stay')} cancelText={say('go')} onOk={() => blocker.reset?.()} onCancel={() => blocker.proceed?.()} closable={false}>
      <p>{say('leaveHow')}</p>
    </Modal>
  )
}
