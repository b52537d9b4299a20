import { App, Button } from 'antd'
import { Link, useParams } from 'react-router'
import { type Column, DataTable } from '@/components/data-table'
import { ChoiceFilter, FilterBar } from '@/components/filter-bar'
import { JobProgress } from '@/components/job-progress'
import { Page, Section } from '@/components/page'
import { Empty, Loaded, NoMatch } from '@/components/states'
import { api, usePaged } from '@/lib/api'
import { count, instant } from '@/lib/format'
import { type Job, fileOf, isOver, jobName, jobStates, useJob } from '@/lib/jobs'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import './jobs.css'
import { Problems } from './problems'
import { texts } from './texts'

const states = ['queued', 'working', 'done', 'failed', 'cancelled'] as const

/** Long tasks: one's own, or those of all for who may see them. */
export function JobsPage() {
  const say = useTexts(texts)
  const state = useTexts(jobStates)
  const language = useLanguage()
  const { can } = useSession()
  const [params, change] = useAddress()
  const asked = states.find((s) => s === params.get('state'))
  const everyone = can('job.read') && params.get('everyone') === 'true'
  const list = usePaged<Job>(['jobs', asked, everyone, language], async (cursor) =>
    (await api.GET('/jobs', { params: { query: { state: asked, ...(everyone && { everyone }), limit: 50, cursor } } })).data ?? { items: [] })
  const columns: Column<Job>[] = [
    { key: 'job', title: say('job'), render: (_, job) => <Link to={`/jobs/${job.id}`}>{jobName(job)}</Link> },
    { key: 'state', title: say('state'), render: (_, job) => state(job.state) },
    { key: 'progress', title: say('progress'), numeric: true, render: (_, job) => (job.total > 0 ? say('of', { done: count(job.done), total: count(job.total) }) : '—') },
    { key: 'queued', title: say('queued'), render: (_, job) => instant(job.queued_at, language) },
    { key: 'by', title: say('by'), render: (_, job) => job.made_by },
    { key: 'file', title: say('file'), render: (_, job) => job.file && <a href={fileOf(job)} download>{job.file.name}</a> },
  ]
  const none = asked ? <NoMatch onClear={() => change({ state: undefined })} /> : <Empty title={say('none')}>{say('noneHow')}</Empty>
  return (
    <Page title={say('title')} lead={say('lead')}>
      <FilterBar names={['state', 'everyone']}>
        <ChoiceFilter name="state" label={say('state')} options={states.map((s) => ({ value: s, label: state(s) }))} />
        {can('job.read') && <ChoiceFilter name="everyone" label={say('whose')} options={[{ value: 'true', label: say('everyone') }]} />}
      </FilterBar>
      <DataTable label={say('title')} columns={columns} list={list} rowKey={(job) => String(job.id)} empty={none} />
    </Page>
  )
}

/** One job: how far it is, what it gave, and everything that is wrong with what it was given. */
export function JobPage() {
  const say = useTexts(texts)
  const id = Number(useParams().id)
  const query = useJob(Number.isSafeInteger(id) && id > 0 ? id : 0)
  return (
    <Page title={query.data ? jobName(query.data) : say('one')} lead={<Link to="/jobs">{say('title')}</Link>}>
      <Loaded query={query}>{(job) => <Details job={job} />}</Loaded>
    </Page>
  )
}

function Details({ job }: { job: Job }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { message } = App.useApp()
  const link = async () => {
    await navigator.clipboard.writeText(window.location.href)
    message.success(say('linkCopied'))
  }
  const times = [['queued', job.queued_at], ['started', job.started_at], ['finished', job.finished_at]] as const
  return (
    <>
      <Section title={say('progress')} extra={<Button onClick={() => void link().catch(() => undefined)}>{say('copyLink')}</Button>}>
        <JobProgress id={job.id} linked={false} />
        {!isOver(job) && job.attempt > 1 && <p className="muted">{say('again', { n: job.attempt })}</p>}
      </Section>
      {job.problem?.problems && job.problem.problems.length > 0 && <Problems job={job} problems={job.problem.problems} />}
      <Section title={say('facts')}>
        <dl className="facts">
          <dt>{say('by')}</dt><dd>{job.made_by}</dd>
          {times.map(([key, at]) => at && <Fact key={key} term={say(key)}>{instant(at, language)}</Fact>)}
          {job.file && <Fact term={say('file')}>{`${job.file.name} · ${say('bytes', { n: count(job.file.size) })}`}</Fact>}
          {job.file && <Fact term="SHA-256"><code className="digest">{job.file.sha256}</code></Fact>}
          {job.file?.expires_at && <Fact term={say('expires')}>{instant(job.file.expires_at, language)}</Fact>}
          {job.result && <Results result={job.result} />}
        </dl>
      </Section>
    </>
  )
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return <><dt>{term}</dt><dd>{children}</dd></>
}

const known = ['added', 'changed', 'unchanged', 'removed', 'rows', 'members', 'number', 'run', 'batch', 'errors', 'ended', 'corrected'] as const
type Known = (typeof known)[number]

/** The counts that a job gave; a batch and a run lead to their pages. */
function Results({ result }: { result: Record<string, unknown> }) {
  const say = useTexts(texts)
  return known
    .filter((name) => typeof result[name] === 'number')
    .map((name: Known) => {
      const n = Number(result[name])
      return <Fact key={name} term={say(name)}>{name === 'batch' ? <Link to={`/batches/${n}`}>{count(n)}</Link> : count(n)}</Fact>
    })
}
