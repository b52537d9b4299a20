import { useQuery } from '@tanstack/react-query'
import { Tabs } from 'antd'
import { Link } from 'react-router'
import { LineChart } from '@/components/charts'
import {
  type Explanation, ItemRows, ItemWhy, ResultCharts, ResultHead, TotalRows, TraceLines, cardChanges, figuresOf, gradeMarks, itemOf, monthsOf, totalKey, totalsOf,
  useExplanation, useResults, useUnits,
} from '@/components/explanation'
import { PersonName } from '@/components/content'
import { SidePanel } from '@/components/side-panel'
import { Empty, Loaded } from '@/components/states'
import { api } from '@/lib/api'
import { period as periodName } from '@/lib/format'
import { useSession } from '@/lib/session'
import { content, useTexts } from '@/lib/text'
import { useAddress, useInAddress } from '@/lib/url'
import { texts } from './texts'

/** One person beside the team: the scorecard, the trend, the reviews; or why one figure is what it is. */
export function MemberPanel({ period, person }: { period: string | undefined; person: string | undefined }) {
  const [, change] = useAddress()
  const query = useExplanation(period, person)
  const title = query.data ? <><PersonName person={query.data} /> {query.data.staff_no}</> : (person ?? '')
  return (
    <SidePanel open={person !== undefined} width={980} title={title} onClose={() => change({ person: undefined, why: undefined, tab: undefined, data: undefined })}>
      {person !== undefined && <Loaded query={query} rows={10}>{(found) => <Member explanation={found} />}</Loaded>}
    </SidePanel>
  )
}

function Member({ explanation }: { explanation: Explanation }) {
  const say = useTexts(texts)
  const { can } = useSession()
  const [why, ask] = useInAddress('why')
  const [tab, turn] = useInAddress('tab')
  const found = itemOf(explanation, why)
  const { period, run, staff_no } = explanation
  const of = `${period}/${encodeURIComponent(staff_no)}?run=${run}`
  const tabs = [
    { key: 'scorecard', label: say('scorecard'), children: <Whole explanation={explanation} /> },
    { key: 'trend', label: say('trend'), children: <Trend explanation={explanation} /> },
    ...(can('review.read') ? [{ key: 'reviews', label: say('reviews'), children: <Reviews explanation={explanation} /> }] : []),
  ]
  return (
    <div className="member">
      <p className="member-links">
        <Link to={`/print/interview/${of}`}>{say('interview')}</Link>
        <Link to={`/print/scorecard/${of}`}>{say('printScorecard')}</Link>
        {can('run.verify') && <Link to={`/audit/lineage?period=${period}&run=${run}&person=${encodeURIComponent(staff_no)}`}>{say('lineage')}</Link>}
      </p>
      {found || why === totalKey ? (
        <>
          <h3>{found ? content(found.item.name) : say('total')}</h3>
          {found ? <ItemWhy explanation={explanation} why={why ?? ''} /> : figuresOf(explanation).total !== null && <TotalRows explanation={explanation} />}
          <p><button type="button" className="link" onClick={() => ask(undefined)}>{say('whole')}</button></p>
          <TraceLines explanation={explanation} mark={found?.item.line} />
        </>
      ) : <Tabs aria-label={say('tabs')} activeKey={tab ?? 'scorecard'} onChange={(key) => turn(key === 'scorecard' ? undefined : key)} items={tabs} />}
    </div>
  )
}

function Whole({ explanation }: { explanation: Explanation }) {
  const results = useResults(explanation.staff_no, 12)
  const units = useUnits()
  const [, ask] = useInAddress('why')
  const open = (key: string) => ask(key, { push: true })
  return (
    <div className="member">
      <ResultHead explanation={explanation} member={results.data?.find((one) => one.period === explanation.period)} onWhy={open} />
      <ResultCharts explanation={explanation} onWhy={open} />
      {explanation.segments.map((segment, at) => segment.counts && <ItemRows key={at} segment={segment} at={at} units={units} onOpen={open} />)}
      <TraceLines explanation={explanation} />
    </div>
  )
}

function Trend({ explanation }: { explanation: Explanation }) {
  const say = useTexts(texts)
  const query = useResults(explanation.staff_no, 12)
  return (
    <Loaded query={query}>
      {(results) => {
        if (results.length === 0) return <Empty title={say('noTrend')} />
        const months = monthsOf(results)
        return (
          <LineChart name="trend" title={say('trend')} summary={say('trendSummary', { n: results.length })} months={months.map((month) => periodName(month))}
            series={[totalsOf(results, months, say('total'))]} bands={gradeMarks(explanation).map(({ at, label }) => ({ from: at, label }))}
            changes={cardChanges(results, months).map((month) => ({ month, label: say('scorecard') }))} />
        )
      }}
    </Loaded>
  )
}

function Reviews({ explanation }: { explanation: Explanation }) {
  const say = useTexts(texts)
  const { period, staff_no } = explanation
  const query = useQuery({
    queryKey: ['reviews', period, staff_no],
    queryFn: async () => (await api.GET('/periods/{period}/reviews', { params: { path: { period }, query: { staff: staff_no, limit: 200 } } })).data?.items ?? [],
  })
  const names = new Map(explanation.segments.flatMap((segment) => segment.items.map((item) => [item.item, content(item.name)])))
  const roles = { manager: say('manager'), peer: say('peer'), self: say('self') } as Record<string, string>
  return (
    <Loaded query={query}>
      {(cells) => (cells.length === 0 ? <Empty title={say('noReviews')} /> : (
        <div className="table-scroll" role="region" aria-label={say('reviews')} tabIndex={0}>
          <table className="figures">
            <thead>
              <tr>{(['item', 'role', 'level', 'state', 'comment'] as const).map((head) => <th key={head} scope="col">{say(head)}</th>)}</tr>
            </thead>
            <tbody>
              {cells.map((cell, i) => (
                <tr key={i}>
                  <th scope="row">{names.get(cell.item) ?? cell.item}</th>
                  <td>{roles[cell.role] ?? cell.role}</td>
                  <td>{cell.level}</td>
                  <td>{say(cell.state)}</td>
                  <td className="member-comment">{cell.comment}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </Loaded>
  )
}
