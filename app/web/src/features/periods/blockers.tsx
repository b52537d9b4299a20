import { Button, Collapse, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Own } from '@/components/content'
import { FormDialog } from '@/components/form-dialog'
import { type Schema, api, once, queries } from '@/lib/api'
import { count } from '@/lib/format'
import { grouped } from '@/lib/grouped'
import { useTexts } from '@/lib/text'
import { texts } from './texts'

type Blocker = Schema<'Blocker'>

const names = {
  scorecard: 'b_scorecard', targets: 'b_targets', actuals: 'b_actuals', surveys: 'b_surveys', reviews: 'b_reviews',
  unplaced: 'b_unplaced', no_run: 'b_no_run', outdated_run: 'b_outdated_run', incomplete: 'b_incomplete',
} as const

type Sort = keyof typeof names

/** Where each sort of blocker is mended. */
const remedies: Partial<Record<Sort, string>> = {
  scorecard: '/assignments?flag=no_scorecard', targets: '/targets?missing=true', actuals: '/data', surveys: '/data',
  reviews: '/reviews', unplaced: '/imports', incomplete: '/results?status=incomplete',
}

const waivable = (sort: string): boolean => sort !== 'no_run' && sort !== 'outdated_run'

interface Group {
  sort: Sort
  rows: Blocker[]
  open: number
}

/** Blockers by sort, those with most open ones first. */
function bySort(blockers: readonly Blocker[]): Group[] {
  const groups = grouped(blockers, (b) => b.blocker as Sort)
  return [...groups]
    .map(([sort, rows]) => ({ sort, rows, open: rows.filter((b) => b.waived === undefined).reduce((sum, b) => sum + b.count, 0) }))
    .sort((a, b) => b.open - a.open)
}

/** What stands before the next stage, by sort, each with the page where it is mended. */
export function Blockers({ period, blockers, mayWaive }: { period: string; blockers: readonly Blocker[]; mayWaive: boolean }) {
  const say = useTexts(texts)
  const [waiving, waive] = useState<Group>()
  return (
    <>
      <Collapse
        className="blockers"
        collapsible="header"
        items={bySort(blockers).map((group) => ({
          key: group.sort,
          label: (
            <span className="blocker-head">
              <strong className="figure">{count(group.open)}</strong>
              {say(names[group.sort])}
              {group.open === 0 && <Tag>{say('waived')}</Tag>}
            </span>
          ),
          extra: (
            <span className="blocker-acts">
              {mayWaive && waivable(group.sort) && group.open > 0 && <Button size="small" aria-label={say('waiveTitle', { what: say(names[group.sort]) })} onClick={() => waive(group)}>{say('waive')}</Button>}
              {group.open > 0 && <Remedy sort={group.sort} period={period} />}
            </span>
          ),
          children: <BlockerRows rows={group.rows} />,
        }))}
      />
      <WaiverForm period={period} group={waiving} onClose={() => waive(undefined)} />
    </>
  )
}

function Remedy({ sort, period }: { sort: Sort; period: string }) {
  const say = useTexts(texts)
  const to = remedies[sort]
  if (!to) return null
  return (
    <Link className="blocker-remedy" to={`${to}${to.includes('?') ? '&' : '?'}period=${period}`} aria-label={say('toDoOf', { what: say(names[sort]) })}>
      {say('toDo')}
    </Link>
  )
}

const shown = 100

function BlockerRows({ rows }: { rows: readonly Blocker[] }) {
  const say = useTexts(texts)
  return (
    <div className="table-scroll" role="region" aria-label={say('details')} tabIndex={0}>
      <table className="plain">
        <thead>
          <tr><th scope="col">{say('unit')}</th><th scope="col">{say('details')}</th><th scope="col" className="numeric">{say('count')}</th></tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((b) => (
            <tr key={`${b.subject}|${b.unit}`}>
              <td><Own text={b.unit_name ?? b.unit} /></td>
              <td>{b.message}{b.waived !== undefined && <Tag>{say('waived')}</Tag>}</td>
              <td className="numeric">{count(b.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown && <p className="muted">{say('moreRows', { n: rows.length - shown })}</p>}
    </div>
  )
}

function WaiverForm({ period, group, onClose }: { period: string; group: Group | undefined; onClose: () => void }) {
  const say = useTexts(texts)
  const [form] = Form.useForm<{ reason: string }>()
  const save = async ({ reason }: { reason: string }) => {
    await api.POST('/periods/{period}/waivers', { params: { path: { period }, header: once() }, body: { blocker: group?.sort ?? '', reason } })
    await queries.invalidateQueries({ queryKey: ['period', period] })
  }
  const what = group ? say(names[group.sort]) : ''
  return (
    <FormDialog open={group !== undefined} title={say('waiveTitle', { what })} action={say('waive')} form={form} onSave={save} onClose={onClose}>
      <p>{say('waiveAll', { what, n: group?.open ?? 0 })}</p>
      <Form.Item name="reason" label={say('reason')} rules={[{ min: 8, required: true, message: say('tooShort') }]}>
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  )
}
