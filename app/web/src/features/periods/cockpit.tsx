import { useQuery } from '@tanstack/react-query'
import { Alert, Progress, Tag } from 'antd'
import { Link, useParams } from 'react-router'
import { Own } from '@/components/content'
import { JobProgress } from '@/components/job-progress'
import { Page, Section } from '@/components/page'
import { Loaded } from '@/components/states'
import { type Schema, api, queries } from '@/lib/api'
import { count, instant, period as periodName } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { grouped } from '@/lib/grouped'
import { useInAddress } from '@/lib/url'
import { Blockers } from './blockers'
import { Stages } from './stages'
import { Steps } from './steps'
import { type StateKey, texts } from './texts'
import './periods.css'

type Status = Schema<'PeriodStatus'>

const usePeriodStatus = (period: string) => {
  const language = useLanguage()
  return useQuery({
    queryKey: ['period', period, language],
    queryFn: async () => (await api.GET('/periods/{period}', { params: { path: { period } } })).data as Status,
  })
}

/** A run that is over changes what stands before the next stage, and every list of the month. */
async function refresh(period: string): Promise<void> {
  await Promise.all([['period', period], ['periods'], ['runs', period], ['results', period]].map((queryKey) => queries.invalidateQueries({ queryKey })))
}

/** The month at a glance: its stage, what holds it up, and the next step. */
export function CockpitPage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { period = '' } = useParams()
  const query = usePeriodStatus(period)
  const [job, followJob] = useInAddress('job')
  return (
    <Page title={say('cockpit', { period: periodName(period, language) })} lead={<Link to="/periods">{say('title')}</Link>}
      actions={query.data && <Steps status={query.data} onJob={(id) => followJob(String(id))} />}>
      <Loaded query={query}>
        {(status) => (
          <>
            <Stages state={status.period.state as StateKey} />
            {job && <Section title={say('run')}><JobProgress key={job} id={Number(job)} onOver={() => void refresh(period)} /></Section>}
            <div className="columns wide-first">
              <InTheWay status={status} />
              <div className="page">
                <LatestRun status={status} />
                <Progresses period={period} />
                <Waivers status={status} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function InTheWay({ status }: { status: Status }) {
  const say = useTexts(texts)
  const { can } = useSession()
  if (!status.next) return null
  const next = say(status.next as StateKey)
  const open = status.blockers.filter((b) => b.waived === undefined)
  return (
    <Section title={say('blockers', { next })}>
      {open.length === 0 && <Alert type="success" showIcon title={say('ready', { next })} />}
      {status.blockers.length > 0 && <Blockers period={status.period.code} blockers={status.blockers} mayWaive={can('period.manage')} />}
    </Section>
  )
}

function LatestRun({ status }: { status: Status }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { run, period } = status
  if (!run) return null
  return (
    <Section title={say('lastRun')}>
      <p>{say('runLine', { run: run.number, n: run.members, at: instant(run.finished_at, language) })}</p>
      <p>{run.outdated ? <Tag color="warning">{say('outdated')}</Tag> : <Tag color="success">{say('fresh')}</Tag>}</p>
      <Link to={`/results?period=${period.code}&run=${run.number}`}>{say('results')}</Link>
    </Section>
  )
}

const barsShown = 15

/** How far reviews are, the unit that is furthest behind first. */
function Progresses({ period }: { period: string }) {
  const say = useTexts(texts)
  const { can } = useSession()
  const query = useQuery({
    queryKey: ['review-progress', period],
    enabled: can('review.read'),
    queryFn: async () => (await api.GET('/periods/{period}/review-progress', { params: { path: { period }, query: {} } })).data?.items ?? [],
  })
  if (!can('review.read')) return null
  return (
    <Section title={say('progress')} extra={<Link to={`/reviews?period=${period}`}>{say('details')}</Link>}>
      <Loaded query={query} rows={3}>
        {(rows) => {
          const units = byUnit(rows)
          if (units.length === 0) return <p className="muted">{say('progressNone')}</p>
          return (
            <ul className="progress-list">
              {units.slice(0, barsShown).map((unit) => (
                <li key={unit.unit}>
                  <Own text={unit.name} />
                  <span className="figure muted">{`${count(unit.done)} / ${count(unit.due)}`}</span>
                  <Progress percent={Math.floor((100 * unit.done) / unit.due)} size="small" showInfo={false}
                    aria-label={say('progressOf', { unit: unit.name, done: unit.done, due: unit.due })} />
                </li>
              ))}
              {units.length > barsShown && <li className="muted">{say('more', { n: units.length - barsShown })}</li>}
            </ul>
          )
        }}
      </Loaded>
    </Section>
  )
}

function byUnit(rows: readonly Schema<'ReviewProgress'>[]) {
  return [...grouped(rows, (row) => row.unit)]
    .map(([unit, all]) => ({
      unit, name: all[0]?.unit_name || unit,
      due: all.reduce((sum, row) => sum + row.due, 0), done: all.reduce((sum, row) => sum + Math.min(row.submitted, row.due), 0), // there may be more peers than are due
    }))
    .filter((unit) => unit.due > 0)
    .sort((a, b) => a.done / a.due - b.done / b.due)
}

function Waivers({ status }: { status: Status }) {
  const say = useTexts(texts)
  const language = useLanguage()
  if (status.waivers.length === 0) return null
  return (
    <Section title={say('waivers')}>
      <ul className="waivers">
        {status.waivers.map((waiver) => (
          <li key={`${waiver.blocker}|${waiver.subject}`}>
            <strong>{say(`b_${waiver.blocker}` as 'b_targets')}</strong>{` · ${waiver.subject || say('all')}`}
            <p>{waiver.reason}</p>
            <p className="muted">{say('by', { who: waiver.made_by, at: instant(waiver.made_at, language) })}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
