import { useQuery } from '@tanstack/react-query'
import { Space, Tag } from 'antd'
import { Link } from 'react-router'
import { Choice } from '@/components/choice'
import { Own, PersonName } from '@/components/content'
import { type Column, DataTable } from '@/components/data-table'
import { ExportView } from '@/components/export-view'
import { ChoiceFilter, FilterBar, SearchFilter } from '@/components/filter-bar'
import { NoPeriod } from '@/components/no-period'
import { Page } from '@/components/page'
import { SavedViews } from '@/components/saved-views'
import { Empty, NoMatch } from '@/components/states'
import { type Schema, api, usePaged } from '@/lib/api'
import { useContextBar } from '@/lib/context'
import { day } from '@/lib/format'
import { content, useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { texts } from './texts'
import './data.css'

type Row = Schema<'PeriodAssignment'>
type Flag = Row['flags'][number]

const flags: readonly Flag[] = ['no_scorecard', 'transferred', 'joined', 'left', 'on_leave', 'too_short']
const filters = ['search', 'scorecard', 'flag'] as const

/** The columns of a file: a segment has a column for each of its parts. */
const exported = ['name', 'staff_no', 'unit_name', 'position', 'from', 'to', 'days', 'scorecard', 'flags'] as const

/** Who is assessed by which scorecard this month. */
export function AssignmentsPage() {
  const say = useTexts(texts)
  const { period, unit } = useContextBar()
  const [params, change] = useAddress()
  const query = {
    unit, search: params.get('search') ?? undefined, scorecard: params.get('scorecard') ?? undefined,
    flag: flags.find((flag) => flag === params.get('flag')),
  }
  const list = usePaged<Row>(['assignments', period, query], async (cursor) =>
    (await api.GET('/periods/{period}/assignments', { params: { path: { period: period ?? '' }, query: { ...query, cursor, limit: 100 } } })).data as Schema<'PeriodAssignmentPage'>, period !== undefined)
  const columns = useColumns(period ?? '')
  if (!period) return <NoPeriod title={say('assignments')} />
  const clear = () => change(Object.fromEntries(filters.map((name) => [name, undefined])))
  return (
    <Page title={say('assignments')} lead={<>{say('assignmentsLead')} {say('exempt')}</>}
      actions={<><SavedViews page="assignments" /><ExportView list="assignments" period={period} query={query} total={list.total} columns={exported.map((name) => ({ name, title: say(name) }))} /></>}>
      <FilterBar names={filters}>
        <SearchFilter name="search" label={say('search')} placeholder={say('searchHint')} />
        <ScorecardFilter />
        <ChoiceFilter name="flag" label={say('flag')} options={flags.map((flag) => ({ value: flag, label: say(flag) }))} />
      </FilterBar>
      <DataTable label={say('assignments')} columns={columns} list={list} rowKey={(row) => row.staff_no}
        empty={filters.some((f) => params.has(f)) ? <NoMatch onClear={clear} /> : <Empty title={say('noAssignments')}>{say('noAssignmentsHow')}</Empty>} />
    </Page>
  )
}

function ScorecardFilter() {
  const say = useTexts(texts)
  useLanguage()
  const [params, change] = useAddress()
  const { data } = useQuery({ queryKey: ['scorecards', 'choose'], queryFn: async () => (await api.GET('/scorecards', { params: { query: { limit: 100 } } })).data?.items ?? [] })
  return (
    <label className="filter">
      <span>{say('scorecard')}</span>
      <Choice aria-label={say('scorecard')} allowClear placeholder={say('any')} value={params.get('scorecard')} onChange={(value: string | null) => change({ scorecard: value ?? undefined })} className="filter-choice"
        options={[{ value: '-', label: say('noScorecard') }, ...(data ?? []).map((card) => ({ value: card.code, label: content(card.name) || card.code }))]} />
    </label>
  )
}

function useColumns(period: string): Column<Row>[] {
  const say = useTexts(texts)
  const language = useLanguage()
  return [
    { key: 'name', title: say('name'), fixed: 'left', render: (_, row) => <Link to={`/staff?period=${period}&person=${encodeURIComponent(row.staff_no)}`}><PersonName person={row} /></Link> },
    { key: 'staff_no', title: say('staff_no'), dataIndex: 'staff_no' },
    {
      key: 'segments', title: say('segments'), className: 'wrap',
      render: (_, row) => (
        <ul className="segments">
          {row.segments.map((s) => (
            <li key={`${s.unit}|${s.position}|${s.from}`}>
              <Own text={s.unit_name ?? s.unit} /> · <Own text={s.position} /> · {say('segment', { from: day(s.from, language), to: day(s.to, language), days: s.days })}
              {!s.counts && <Tag>{say('notCounted')}</Tag>}
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'scorecard', title: say('scorecard'),
      render: (_, row) => (
        <ul className="segments">
          {row.segments.map((s) => (
            <li key={`${s.unit}|${s.position}|${s.from}`}>{s.scorecard ? <Link to={`/scorecards/${s.scorecard}`}>{content(s.scorecard_name) || s.scorecard}</Link> : <Tag color="warning">{say('noScorecard')}</Tag>}</li>
          ))}
        </ul>
      ),
    },
    { key: 'flags', title: say('flag'), render: (_, row) => <Space size={4} wrap>{row.flags.map((flag) => <Tag key={flag} color={flag === 'no_scorecard' ? 'warning' : undefined}>{say(flag)}</Tag>)}</Space> },
  ]
}
