import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Change } from '@/components/change'
import { LinkButton } from '@/components/link-button'
import { Section } from '@/components/page'
import { Empty, Loaded } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { drawn, period as periodName, score } from '@/lib/format'
import { content, useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

type Explanation = Schema<'Explanation'>
type Member = Schema<'MemberResult'>

/** The latest result that is published, with its explanation. */
async function read(staffNo: string): Promise<{ member: Member; explained: Explanation } | null> {
  const page = await api.GET('/staff/{staff_no}/results', { params: { path: { staff_no: staffNo }, query: { limit: 1 } } })
  const member = page.data?.items[0]
  if (!member) return null
  const { data } = await api.GET('/periods/{period}/results/{staff_no}', { params: { path: { period: member.period, staff_no: staffNo } } })
  return data ? { member, explained: data } : null
}

/** The own result: the score first, then what would raise it. */
export function Score({ staffNo, first }: { staffNo: string; first: boolean }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const query = useQuery({ queryKey: ['home', 'score', staffNo, language], queryFn: () => read(staffNo) })
  const period = query.data?.member.period
  return (
    <Section title={say('score', { period: period ? periodName(period, language) : '' }).trim()}>
      <Loaded query={query} rows={3}>
        {(data) => data ? <Result {...data} first={first} /> : <Empty title={say('notPublished')}>{say('notPublishedHow')}</Empty>}
      </Loaded>
    </Section>
  )
}

function Result({ member, explained, first }: { member: Member; explained: Explanation; first: boolean }) {
  const { period, result } = member
  const say = useTexts(texts)
  const next = explained.next_grade
  const items = explained.segments.filter((segment) => segment.counts).flatMap((segment) => segment.items)
  const lost = items.filter((item) => drawn(item.lost) > 0).sort((a, b) => drawn(b.lost) - drawn(a.lost)).slice(0, 2)
  return (
    <>
      <dl className="home-score">
        <div><dt>{say('total')}</dt><dd><Link to={`/me/scorecard?period=${period}&why=total`} aria-label={say('totalWhy', { total: score(result.total) })}>{score(result.total)}</Link></dd></div>
        <div><dt>{say('grade')}</dt><dd>{result.grade ?? '—'}</dd></div>
      </dl>
      <p><Change of={member} /></p>
      {result.rank !== null && result.peers !== null && <p className="muted">{say('scoreOf', { rank: result.rank, peers: result.peers })}</p>}
      {next?.gap && <p>{say('gap', { grade: next.grade, points: score(next.gap) })}</p>}
      <h3>{lost.length > 0 ? say('lost') : say('noneLost')}</h3>
      <ul className="home-list">
        {lost.map((item) => (
          <li key={item.item}>
            <Link to={`/me/scorecard?period=${period}&item=${encodeURIComponent(item.item)}`}>{content(item.name)}</Link>
            <span className="figure">{say('couldGive', { points: score(item.lost) })}</span>
          </li>
        ))}
      </ul>
      <p className="home-links">
        <LinkButton type={first ? 'primary' : 'default'} to={`/me/scorecard?period=${period}`}>{say('open')}</LinkButton>
        <LinkButton to={`/me/scorecard/what-if?period=${period}`}>{say('raise')}</LinkButton>
      </p>
    </>
  )
}
