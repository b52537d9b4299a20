import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Section } from '@/components/page'
import { Loaded } from '@/components/states'
import { api } from '@/lib/api'
import { count, instant } from '@/lib/format'
import { type Job, jobName, jobStates } from '@/lib/jobs'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

const few = 5

/** For auditors: what somebody tried and was not let. */
export function Refusals() {
  const say = useTexts(texts)
  const language = useLanguage()
  const query = useQuery({
    queryKey: ['home', 'refused', language],
    queryFn: async () => (await api.GET('/audit', { params: { query: { outcome: 'refused', limit: few } } })).data?.items ?? [],
  })
  return (
    <Section title={say('refusals')} extra={<Link to="/audit?outcome=refused">{say('trail')}</Link>}>
      <Loaded query={query} rows={3}>
        {(records) => records.length === 0 ? <p className="muted">{say('noRefusals')}</p> : (
          <div className="table-scroll" role="region" aria-label={say('refusals')} tabIndex={0}>
            <table className="plain">
              <thead><tr><th scope="col">{say('when')}</th><th scope="col">{say('who')}</th><th scope="col">{say('action')}</th></tr></thead>
              <tbody>
                {records.map((r) => (
                  <tr key={r.id}><td className="nowrap figure">{instant(r.at, language)}</td><td>{r.actor}</td><td>{[r.action, r.key].filter(Boolean).join(' · ')}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </Section>
  )
}

/** For system administrators: how many users there are. */
export function Users() {
  const say = useTexts(texts)
  const query = useQuery({
    queryKey: ['home', 'users'],
    queryFn: async () => {
      const of = async (state: 'active' | 'disabled') => (await api.GET('/users', { params: { query: { state, limit: 1 } } })).data?.total
      const [active, disabled] = await Promise.all([of('active'), of('disabled')])
      return { active, disabled }
    },
  })
  return (
    <Section title={say('users')} extra={<Link to="/users">{say('openUsers')}</Link>}>
      <Loaded query={query} rows={1}>
        {(n) => (
          <dl className="home-score">
            <div><dt>{say('active')}</dt><dd>{n.active === undefined ? '—' : count(n.active)}</dd></div>
            <div><dt>{say('disabled')}</dt><dd>{n.disabled === undefined ? '—' : count(n.disabled)}</dd></div>
          </dl>
        )}
      </Loaded>
    </Section>
  )
}

/** For security administrators: the way to grants. */
export function Grants() {
  const say = useTexts(texts)
  return (
    <Section title={say('grants')}>
      <p>{say('grantsHow')}</p>
      <ul className="home-list">
        <li><Link to="/grants">{say('openGrants')}</Link></li>
        <li><Link to="/access">{say('openAccess')}</Link></li>
      </ul>
    </Section>
  )
}

/** Jobs: one's own, or for who answers for the machine, those of all that failed. */
export function Jobs({ failed }: { failed: boolean }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const everyone = failed && can('job.read')
  const query = useQuery({
    queryKey: ['home', 'jobs', failed, everyone, language],
    queryFn: async () => (await api.GET('/jobs', { params: { query: { limit: few, ...(failed && { state: 'failed' as const, everyone }) } } })).data?.items ?? [],
  })
  if (!failed && query.data?.length === 0) return null
  return (
    <Section title={say(failed ? 'failedJobs' : 'myJobs')} extra={<Link to={failed ? `/jobs?state=failed${everyone ? '&everyone=true' : ''}` : '/jobs'}>{say('allJobs')}</Link>}>
      <Loaded query={query} rows={2}>
        {(jobs) => jobs.length === 0 ? <p className="muted">{say('noFailedJobs')}</p> : <ul className="home-list">{jobs.map((job) => <JobLine key={job.id} job={job} />)}</ul>}
      </Loaded>
    </Section>
  )
}

function JobLine({ job }: { job: Job }) {
  const state = useTexts(jobStates)
  const language = useLanguage()
  return (
    <li>
      <Link to={`/jobs/${job.id}`}>{jobName(job)}</Link>
      <span className="muted figure">{`${state(job.state)} · ${instant(job.finished_at ?? job.queued_at, language)}`}</span>
    </li>
  )
}
