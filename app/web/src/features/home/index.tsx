import { Page } from '@/components/page'
import { latin } from '@/lib/format'
import { likely, useContextBar, usePeriods } from '@/lib/context'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { Month, NoMonth } from './month'
import { Reviews } from './reviews'
import { Score } from './score'
import { texts } from './texts'
import { Exceptions, Grants, Jobs, Users } from './watch'
import './home.css'

/** What is to be done next, by what one may do: the one task first, then what one wants to know. */
export function HomePage() {
  const say = useTexts(texts)
  const { me, can } = useSession()
  const { period } = useContextBar()
  const { data: periods } = usePeriods()
  const current = periods && likely(periods)
  const collecting = current?.state === 'collecting'
  const officer = can('period.manage')
  const manager = can('review.write')
  const score = me.staff_no !== undefined && !officer ? <Score staffNo={me.staff_no} first={!manager} key="score" /> : null
  const reviews = collecting && can('review.write', 'review.peer', 'review.self') ? <Reviews period={current.code} key="reviews" /> : null
  return (
    <Page title={say('title', { name: me.name === undefined ? me.username : latin({ name: me.name, pinyin: me.pinyin }) })}>
      <div className="columns home">
        {officer && (period ? <Month period={current?.code ?? period} /> : periods && <NoMonth />)}
        {manager ? [reviews, score] : [score, reviews]}
        {can('audit.read') && <Exceptions />}
        {can('user.manage') && <Users />}
        {can('grant.manage') && <Grants />}
        {can('job.read') && <Jobs failed />}
        {!can('user.manage') && <Jobs failed={false} />}
      </div>
    </Page>
  )
}
