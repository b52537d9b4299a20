import { Fragment, type ReactNode } from 'react'
import { useParams, useSearchParams } from 'react-router'
import {
  type Explanation, type Segment, costly, counting, explanationTexts, figuresOf, leastPeers, stepLabel, useExplanation,
} from '@/components/explanation'
import { Own, PersonName } from '@/components/content'
import { decimal, period as periodName, score, signed } from '@/lib/format'
import { content, useTexts } from '@/lib/text'
import { LoadedSheet, PrintFrame, Sheet } from './sheet'
import { texts } from './texts'

function useAsked() {
  const { period, staff } = useParams()
  const [params] = useSearchParams()
  const run = Number(params.get('run'))
  return useExplanation(period, staff, Number.isInteger(run) && run > 0 ? run : undefined)
}

/** The scorecard of one member on paper, with the whole calculation. */
export function PrintScorecardPage() {
  return <PrintFrame><ScorecardSheet /></PrintFrame>
}

function ScorecardSheet() {
  const say = useTexts(texts)
  const query = useAsked()
  return (
    <LoadedSheet query={query} title={say('scorecardTitle')}>
      {(found) => (
        <Sheet title={say('scorecardTitle')} run={found.run} rules={found.rules} published={found.published}>
          <Facts explanation={found} />
          <h2>{say('items')}</h2>
          {counting(found).map(({ segment, at }) => <Items key={at} segment={segment} several={counting(found).length > 1} />)}
          <Totals explanation={found} />
          <h2>{say('calculation')}</h2>
          <ol className="print-trace">
            {found.trace.map((line, i) => <li key={i} data-depth={(/^ */.exec(line)?.[0].length ?? 0) / 2}>{line.trim()}</li>)}
          </ol>
        </Sheet>
      )}
    </LoadedSheet>
  )
}

function Facts({ explanation }: { explanation: Explanation }) {
  const say = useTexts(texts)
  const sayResult = useTexts(explanationTexts)
  const { total, grade, coefficient, rank, peers, status } = figuresOf(explanation)
  const main = explanation.segments.find((segment) => segment.main) ?? explanation.segments[0]
  const ranked = rank !== null && peers !== null && peers >= leastPeers
  const facts: (readonly [string, ReactNode])[] = [
    [say('name'), <PersonName key="name" person={explanation} />], [say('staffNo'), explanation.staff_no], [say('period'), periodName(explanation.period)],
    [say('post'), <Own key="post" text={main?.place} />], [say('card'), content(main?.name)],
    [say('total'), status === 'complete' ? score(total) : sayResult(status)], [say('grade'), grade ?? '—'], [say('coefficient'), coefficient ?? '—'],
    ...(ranked ? [[say('rank'), say('rankOf', { rank, n: peers })] as const] : []),
  ]
  return (
    <dl className="print-facts">
      {facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  )
}

function Items({ segment, several }: { segment: Segment; several: boolean }) {
  const say = useTexts(texts)
  const sayResult = useTexts(explanationTexts)
  const heads = ['weight', 'target', 'actual', 'score', 'points', 'lost'] as const
  return (
    <table className="print-table">
      {several && <caption>{`${segment.place ?? content(segment.name)} · ${sayResult('days', { n: segment.days })}`}</caption>}
      <thead>
        <tr><th scope="col">{say('item')}</th>{heads.map((head) => <th key={head} scope="col" className="numeric">{say(head)}</th>)}</tr>
      </thead>
      <tbody>
        {segment.perspectives.map((perspective, p) => (
          <Fragment key={p}>
            <tr className="sum">
              <th scope="row" colSpan={5}>{content(perspective.name)}</th>
              <td className="numeric">{score(perspective.points)}</td>
              <td />
            </tr>
            {segment.items.filter((item) => item.perspective === p).map((item) => (
              <tr key={item.item}>
                <th scope="row">{content(item.name)}</th>
                <td className="numeric">{decimal(item.weight)}</td>
                <td className="numeric">{decimal(item.target)}</td>
                <td className="numeric">{decimal(item.actual)}</td>
                <td className="numeric">{score(item.score)}</td>
                <td className="numeric">{score(item.points)}</td>
                <td className="numeric">{item.lost ? score(item.lost) : ''}</td>
              </tr>
            ))}
          </Fragment>
        ))}
        <tr className="sum"><th scope="row" colSpan={5}>{say('base')}</th><td className="numeric">{score(segment.base)}</td><td /></tr>
      </tbody>
    </table>
  )
}

function Totals({ explanation }: { explanation: Explanation }) {
  const say = useTexts(texts)
  const sayResult = useTexts(explanationTexts)
  const { base, total } = figuresOf(explanation)
  const segments = counting(explanation)
  if (total === null) return <p>{say('noFigures')}</p>
  return (
    <table className="print-table print-totals">
      <tbody>
        {segments.length > 1 && segments.map(({ segment, at }) => (
          <tr key={at}><th scope="row">{segment.place ?? content(segment.name)}</th><td className="numeric">{score(segment.points)}</td></tr>
        ))}
        {explanation.rounding && <tr><th scope="row">{sayResult('rounding')}</th><td className="numeric">{signed(explanation.rounding)}</td></tr>}
        <tr><th scope="row">{say('base')}</th><td className="numeric">{score(base)}</td></tr>
        {explanation.steps.map((step, i) => <tr key={i}><th scope="row">{stepLabel(step, sayResult)}</th><td className="numeric">{signed(step.points)}</td></tr>)}
        <tr className="sum"><th scope="row">{say('total')}</th><td className="numeric">{score(total)}</td></tr>
      </tbody>
    </table>
  )
}

/** What a manager takes along to speak with a member: the outcome, and room to write. */
export function PrintInterviewPage() {
  return <PrintFrame><InterviewSheet /></PrintFrame>
}

function InterviewSheet() {
  const say = useTexts(texts)
  const query = useAsked()
  return (
    <LoadedSheet query={query} title={say('interviewTitle')}>
      {(found) => (
        <Sheet title={say('interviewTitle')} run={found.run} rules={found.rules} published={found.published}>
          <Facts explanation={found} />
          {counting(found).map(({ segment, at }) => <Items key={at} segment={segment} several={counting(found).length > 1} />)}
          <Totals explanation={found} />
          <h2>{say('best')}</h2>
          <ul className="print-list">
            {costly(found).slice(0, 3).map(({ key, item }) => (
              <li key={key}>{say('couldGive', { name: content(item.name), score: score(item.score), lost: score(item.lost) })}</li>
            ))}
          </ul>
          {(['strengths', 'weaknesses', 'goals', 'training', 'opinion'] as const).map((part) => (
            <section key={part} className="print-room"><h2>{say(part)}</h2></section>
          ))}
          <dl className="print-signoff">
            {(['employee', 'interviewer', 'date'] as const).map((role) => <div key={role}><dt>{say(role)}</dt><dd /></div>)}
          </dl>
        </Sheet>
      )}
    </LoadedSheet>
  )
}
