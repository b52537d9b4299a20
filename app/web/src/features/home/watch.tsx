import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Section } from '@/components/page'
import { Loaded } from '@/components/states'
import { api } from '@/lib/api'
import { instant } from '@/lib/format'
import { type Job, jobName, jobStates } from '@/lib/jobs'
import { useSession } from '@/lib/session'
import { content, useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

const few = 5

/** For auditors: what is looked at first, the last of it. */
export function Exceptions() {
  const say = useTexts(texts)
  const language = useLanguage()
  const query = useQuery({
    queryKey: ['home', 'exceptions', language],
    queryFn: async () => (await api.GET('/audit', { params: { query: { exceptions: true, limit: few } } })).data?.items ?? [],
  })
  return (
    <Section title={say('exceptions')} extra={<Link to="/audit?exceptions=true">{say('trail')}</Link>}>
      <Loaded query={query} rows={3}>
        {(records) => records.length === 0 ? <p className="muted">{say('noExceptions')}</p> : (
          <div className="table-scroll" role="region" aria-label={say('exceptions')} tabIndex={0}>
            <table className="plain">
              <thead><tr><th scope="col">{say('when')}</th><th scope="col">{say('who')}</th><th scope="col">{say('action')}</th></tr></thead>
              <tbody>
                {records.map((r) => (
                  <tr key={r.id}><td className="nowrap figure">{instant(r.at, language)}</td><td>{r.actor}</td><td><span className="capital">{content(r.action_name) || r.action}</span>{r.key && ` · ${r.key}`}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </Section>
  )
}

/** For system administrators: the way to users. */
export function Users() {
  const say = useTexts(texts)
  return (
    <Section title={say('users')}>
      <p>{say('usersHow')}</p>
      <ul className="home-list">
        <li><Link to="/users">{say('openUsers')}</Link></li>
        <li><Link to="/users?state=disabled">{say('openDisabled')}</Link></li>
      </ul>
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
