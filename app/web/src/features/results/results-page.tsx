import { App, Button, Tag } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { ColumnChoice, useChosenColumns } from '@/components/column-choice'
import { PersonName } from '@/components/content'
import { type Column, DataTable } from '@/components/data-table'
import { ExportView } from '@/components/export-view'
import { ChoiceFilter, FilterBar, SearchFilter } from '@/components/filter-bar'
import { JobProgress } from '@/components/job-progress'
import { NoPeriod } from '@/components/no-period'
import { NoResults } from '@/components/no-results'
import { Page, Section } from '@/components/page'
import { SavedViews } from '@/components/saved-views'
import { NoMatch, ProblemText } from '@/components/states'
import { type Schema, api, isProblem, once, usePaged } from '@/lib/api'
import { useContextBar } from '@/lib/context'
import { decimal, score, signed } from '@/lib/format'
import { type Say, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { GradeDistribution, useGrades } from './grades'
import { PersonPanel } from './person'
import { texts } from './texts'
import './results.css'

type Result = Schema<'Result'>
type Status = Result['status']

const filters = ['search', 'status', 'grade', 'run'] as const
const statuses: readonly Status[] = ['complete', 'incomplete', 'not_assessed', 'partial']

/** What the list is asked with, as the address has it. */
function asked(params: URLSearchParams, unit: string | undefined) {
  const run = Number(params.get('run'))
  return {
    run: Number.isInteger(run) && run > 0 ? run : undefined,
    unit,
    search: params.get('search') ?? undefined,
    status: statuses.find((status) => status === params.get('status')),
    grade: params.get('grade') ?? undefined,
    sort: params.get('sort') ?? undefined,
  }
}

/** Every result that the user may see. */
export function ResultsPage() {
  const say = useTexts(texts)
  const { period, unit } = useContextBar()
  const [params, change] = useAddress()
  const query = asked(params, unit)
  const list = usePaged<Result, Schema<'ResultPage'>>(
    ['results', period, query],
    async (cursor) => (await api.GET('/periods/{period}/results', { params: { path: { period: period ?? '' }, query: { ...query, cursor, limit: 100 } } })).data as Schema<'ResultPage'>,
    period !== undefined,
  )
  const grades = useGrades(period, query.run, list.rows !== undefined)
  const all = useColumns(period ?? '', params)
  const columns = useChosenColumns(all)
  if (!period) return <NoPeriod title={say('title')} />
  const filtered = filters.some((name) => params.has(name))
  const job = params.get('job')
  return (
    <Page title={say('title')} lead={<RunLine period={period} query={query} />}
      actions={<><ColumnChoice columns={all} /><SavedViews page="results" /><ExportView list="results" period={period} query={query} total={list.total} columns={exported(columns)} /></>}>
      <FilterBar names={filters}>
        <SearchFilter name="search" label={say('search')} placeholder={say('searchHint')} />
        <ChoiceFilter name="status" label={say('status')} options={statuses.map((status) => ({ value: status, label: say(status) }))} />
        <ChoiceFilter name="grade" label={say('grade')} options={grades.map((grade) => ({ value: grade, label: grade }))} />
      </FilterBar>
      {isProblem(list.error, 'runs.none') ? <NoResults period={period} /> : (
        <DataTable label={say('title')} columns={columns} list={list} rowKey={(row) => row.staff_no} foot={list.first && foot(say, list.first)}
          empty={filtered ? <NoMatch onClear={() => change(Object.fromEntries(filters.map((name) => [name, undefined])))} /> : <NoResults period={period} />} />
      )}
      {!isProblem(list.error) && !query.grade && <GradeDistribution period={period} grades={grades} query={query} />}
      <Workbook period={period} unit={unit} run={query.run} job={job} onJob={(id) => change({ job: String(id) })} />
      <PersonPanel period={period} run={query.run} staffNo={params.get('person') ?? undefined} onClose={() => change({ person: undefined })} />
    </Page>
  )
}

/** The run that the results are of, read with the first page. */
function RunLine({ period, query }: { period: string; query: ReturnType<typeof asked> }) {
  const say = useTexts(texts)
  const { data } = useQuery({
    queryKey: ['results', period, 'run', query.run],
    queryFn: async () => (await api.GET('/periods/{period}/results', { params: { path: { period }, query: { run: query.run, limit: 1 } } })).data,
  })
  if (!data) return null
  return <>{say('lead', { run: data.run, state: say(data.published ? 'published' : 'notPublished') })}</>
}

/** What all rows of the list give together, those that are not shown yet included. The server counts. */
const foot = (say: Say<keyof typeof texts.words>, { scored, mean }: Schema<'ResultPage'>) => ({
  name: say('mean'), unit_name: say('scored', { n: scored }), total: <strong>{score(mean)}</strong>,
})

const exported = (columns: readonly Column<Result>[]) => columns.map((column) => ({ name: column.key, title: String(column.title) }))

function useColumns(period: string, params: URLSearchParams): Column<Result>[] {
  const say = useTexts(texts)
  const to = (staffNo: string) => {
    const next = new URLSearchParams(params)
    next.set('period', period)
    next.set('person', staffNo)
    return `?${next.toString()}`
  }
  return [
    { key: 'name', title: say('name'), sort: 'name', fixed: 'left', render: (_, row) => <Link to={to(row.staff_no)} preventScrollReset><PersonName person={row} /></Link> },
    { key: 'staff_no', title: say('staff_no'), sort: 'staff_no', dataIndex: 'staff_no' },
    { key: 'unit_name', title: say('unit'), render: (_, row) => row.unit_name ?? row.unit },
    { key: 'position', title: say('position'), dataIndex: 'position' },
    { key: 'scorecard', title: say('scorecard'), dataIndex: 'scorecard' },
    { key: 'base', title: say('base'), numeric: true, render: (_, row) => score(row.base) },
    { key: 'bonus', title: say('bonus'), numeric: true, render: (_, row) => score(row.bonus) },
    { key: 'deduction', title: say('deduction'), numeric: true, render: (_, row) => score(row.deduction) },
    { key: 'total', title: say('total'), sort: 'total', numeric: true, render: (_, row) => <strong>{score(row.total)}</strong> },
    { key: 'change', title: say('change'), numeric: true, render: (_, row) => <Change by={row.change} /> },
    { key: 'grade', title: say('grade'), render: (_, row) => row.grade ?? '—' },
    { key: 'coefficient', title: say('coefficient'), numeric: true, render: (_, row) => decimal(row.coefficient) },
    { key: 'rank', title: say('rank'), sort: 'rank', numeric: true, render: (_, row) => (row.rank && row.peers ? say('ofPeers', { rank: row.rank, peers: row.peers }) : '—') },
    { key: 'status', title: say('status'), render: (_, row) => <StatusTag row={row} /> },
  ]
}

function Change({ by }: { by: string | undefined }) {
  if (by === undefined || Number(by) === 0) return <>{score(by)}</>
  return <><span aria-hidden="true" className="muted">{by.startsWith('-') ? '▼ ' : '▲ '}</span>{signed(by)}</>
}

function StatusTag({ row }: { row: Result }) {
  const say = useTexts(texts)
  return <Tag color={row.status === 'complete' ? 'success' : row.status === 'incomplete' ? 'warning' : undefined} title={row.reason}>{say(row.status)}</Tag>
}

function Workbook({ period, unit, run, job, onJob }: { period: string; unit: string | undefined; run: number | undefined; job: string | null; onJob: (id: number) => void }) {
  const say = useTexts(texts)
  const { message } = App.useApp()
  const make = async () => {
    try {
      const made = await api.POST('/periods/{period}/exports', { params: { path: { period }, header: once() }, body: { run, unit } })
      if (made.data) onJob(made.data.id)
    } catch (error) {
      message.error({ content: <ProblemText error={error} />, duration: 8 })
    }
  }
  return (
    <Section title={say('workbook')} extra={<Button onClick={() => void make()}>{say('make')}</Button>}>
      <p className="muted">{say('workbookHow')}</p>
      {job && <JobProgress key={job} id={Number(job)} />}
    </Section>
  )
}
