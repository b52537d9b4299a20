import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { LinkButton } from '@/components/link-button'
import { Section } from '@/components/page'
import { Empty, Loaded } from '@/components/states'
import { api } from '@/lib/api'
import { count, period as periodName } from '@/lib/format'
import { grouped } from '@/lib/grouped'
import { useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

const most = 5

const names = {
  scorecard: 'scorecard', targets: 'targets', actuals: 'actuals', surveys: 'surveys', reviews: 'reviewsMissing',
  unplaced: 'unplaced', no_run: 'no_run', outdated_run: 'outdated_run', incomplete: 'incomplete',
} as const

type Sort = keyof typeof names

/** The month under way: its stage, and what stands before the next, most first. */
export function Month({ period }: { period: string }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const query = useQuery({
    queryKey: ['period', period, language],
    queryFn: async () => (await api.GET('/periods/{period}', { params: { path: { period } } })).data,
  })
  return (
    <Section title={say('month', { period: periodName(period, language) })}>
      <Loaded query={query} rows={4}>
        {(status) => {
          if (!status) return null
          const open = status.blockers.filter((b) => b.waived === undefined)
          const sorts = [...grouped(open, (b) => b.blocker as Sort)]
            .map(([sort, rows]) => ({ sort, message: rows[0]?.message ?? '', n: rows.reduce((sum, b) => sum + b.count, 0) }))
            .sort((a, b) => b.n - a.n)
          return (
            <>
              <p>{say('stage', { stage: say(status.period.state) })}</p>
              <h3>{say(sorts.length > 0 ? 'blockers' : 'noBlockers')}</h3>
              <ul className="home-list">
                {sorts.slice(0, most).map(({ sort, message, n }) => (
                  <li key={sort}><span>{sort in names ? say(names[sort]) : message}</span><strong className="figure">{count(n)}</strong></li>
                ))}
              </ul>
              {sorts.length > most && <p className="muted">{say('moreBlockers', { n: sorts.length - most })}</p>}
              <p><LinkButton type="primary" to={`/periods/${period}?period=${period}`}>{say('openMonth')}</LinkButton></p>
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

/** An empty bank: how its first month begins. */
export function NoMonth() {
  const say = useTexts(texts)
  return (
    <Section title={say('next')}>
      <Empty title={say('noMonth')} action={<Link to="/imports">{say('imports')}</Link>}>{say('noMonthHow')}</Empty>
    </Section>
  )
}
