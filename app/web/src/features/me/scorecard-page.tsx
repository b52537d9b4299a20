import { Alert } from 'antd'
import { Link } from 'react-router'
import {
  type Explanation, ItemRows, ResultCharts, ResultHead, TotalRows, WhyPanel, explanationTexts, figuresOf, useUnits,
} from '@/components/explanation'
import { LinkButton } from '@/components/link-button'
import { Page, Section } from '@/components/page'
import { Empty, Failure, Loading } from '@/components/states'
import type { Schema } from '@/lib/api'
import { day, period as periodName } from '@/lib/format'
import { content, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { texts } from './texts'
import { useMine } from './mine'

/** One's own result: what it is, why, and every figure explained one press away. */
export function ScorecardPage() {
  const say = useTexts(texts)
  const mine = useMine()
  if (mine.staffNo === undefined) return <Page title={say('title')}><Empty title={say('noStaff')} /></Page>
  if (mine.error) return <Page title={say('title')}><Failure error={mine.error} onRetry={mine.retry} /></Page>
  if (mine.loading) return <Page title={say('title')}><Loading rows={10} /></Page>
  return (
    <Page title={say('title')} lead={mine.explanation && <Lead explanation={mine.explanation} />} actions={mine.explanation && <Actions explanation={mine.explanation} />}>
      {mine.asked && mine.asked !== mine.explanation?.period && <NotYet asked={mine.asked} shown={mine.explanation?.period} period={mine.period} />}
      {mine.explanation ? <Scorecard explanation={mine.explanation} member={mine.member} /> : <Empty title={say('never')}>{say('neverHow')}</Empty>}
    </Page>
  )
}

function Lead({ explanation }: { explanation: Explanation }) {
  const main = explanation.segments.find((segment) => segment.main) ?? explanation.segments[0]
  return <>{[periodName(explanation.period), main?.place, content(main?.name)].filter(Boolean).join(' · ')}</>
}

function Actions({ explanation: { period, staff_no } }: { explanation: Explanation }) {
  const say = useTexts(texts)
  return (
    <>
      <LinkButton to="/me/history">{say('history')}</LinkButton>
      <LinkButton to={`/print/scorecard/${period}/${encodeURIComponent(staff_no)}`}>{say('print')}</LinkButton>
      <LinkButton type="primary" to={`/me/scorecard/what-if?period=${period}`}>{say('whatIf')}</LinkButton>
    </>
  )
}

/** The month that was asked for has no result yet: when there will be one, and what stands below instead. */
function NotYet({ asked, shown, period }: { asked: string; shown: string | undefined; period: ReturnType<typeof useMine>['period'] }) {
  const say = useTexts(texts)
  const published = period?.state === 'published' || period?.state === 'closed'
  return (
    <Alert type="info" showIcon title={say(published ? 'noResult' : 'notYet', { period: periodName(asked) })}
      description={
        <>
          {period && !published && <p>{say('notYetState', { state: say(period.state), last: day(period.last_day) })}</p>}
          {shown && <p>{say('latestBelow', { period: periodName(shown) })}</p>}
        </>
      } />
  )
}

function Scorecard({ explanation, member }: { explanation: Explanation; member: Schema<'MemberResult'> | undefined }) {
  const say = useTexts(explanationTexts)
  const sayMine = useTexts(texts)
  const [params, change] = useAddress()
  const units = useUnits()
  // Links from elsewhere name the item alone: they know of no segments.
  const item = params.get('item')
  const why = params.get('why') ?? (item === null ? undefined : `main.${item}`)
  const open = (key: string | undefined) => change({ why: key, item: undefined }, { push: key !== undefined })
  const segments = explanation.segments.map((segment, at) => ({ segment, at })).filter(({ segment }) => segment.counts)
  return (
    <>
      <ResultHead explanation={explanation} member={member} onWhy={open} />
      <ResultCharts explanation={explanation} onWhy={open} />
      {segments.map(({ segment, at }) => (
        <Section key={at} title={segments.length > 1 ? say('itemsOf', { place: segment.place ?? content(segment.name) }) : say('items')}>
          <ItemRows segment={segment} at={at} units={units} onOpen={open} />
        </Section>
      ))}
      {figuresOf(explanation).total !== null && (explanation.steps.length > 0 || segments.length > 1) && <Section title={say('total')}><TotalRows explanation={explanation} /></Section>}
      <p className="muted">{sayMine('appealSoon')}</p>
      <WhyPanel explanation={explanation} why={why} onWhy={open}
        footer={() => <Link to={`/me/scorecard/what-if?period=${explanation.period}`}>{sayMine('whatIf')}</Link>} />
    </>
  )
}
