import { Alert } from 'antd'
import { Change } from '@/components/change'
import { type Axis, Radar, Waterfall } from '@/components/charts'
import type { Schema } from '@/lib/api'
import { score } from '@/lib/format'
import { content, useTexts } from '@/lib/text'
import { type Explanation, type Segment, costly, counting, figuresOf, gradeMarks, leastPeers, segmentSteps, summaryOf, totalKey, totalSteps } from './model'
import { explanationTexts } from './texts'
import './explanation.css'

interface Props {
  explanation: Explanation
  /** The same result among those of the member, which say how it changed; left out where that is not known. */
  member?: Schema<'MemberResult'>
  onWhy: (key: string) => void
}

/** The outcome at a glance: total, grade, against the month before, place among peers, what is missing to the next grade. */
export function ResultHead({ explanation, member, onWhy }: Props) {
  const say = useTexts(explanationTexts)
  const { total, grade, coefficient, rank, peers, status } = figuresOf(explanation)
  const next = explanation.next_grade
  if (status !== 'complete') {
    return <Alert type="info" showIcon title={say(status)} description={explanation.trace[0]} />
  }
  return (
    <div className="result-head">
      <button type="button" className="result-total" onClick={() => onWhy(totalKey)}>
        <span className="result-label">{say('total')}</span>{' '}
        <span className="result-figure">{score(total)}</span>
        <span className="sr-only">{say('explainTotal')}</span>
      </button>
      <dl className="result-facts">
        <div><dt>{say('grade')}</dt><dd className="result-grade">{grade ?? '—'}</dd></div>
        {coefficient && <div><dt>{say('coefficient')}</dt><dd>{coefficient}</dd></div>}
        {member && <div><dt>{say('previous')}</dt><dd><Change of={member} /></dd></div>}
        {rank !== null && peers !== null && peers >= leastPeers && <div><dt>{say('rank')}</dt><dd>{say('rankOf', { rank, n: peers })}</dd></div>}
      </dl>
      <div className="result-next">
        <p className="strong">{next ? say('gap', { grade: next.grade, gap: score(next.gap) }) : say('best')}</p>
        {costly(explanation).length > 0 && (
          <>
            <p className="muted">{say('costly')}</p>
            <ul>
              {costly(explanation).slice(0, 2).map(({ key, item }) => (
                <li key={key}><button type="button" className="link" onClick={() => onWhy(key)}>{say('couldGive', { name: content(item.name), lost: score(item.lost) })}</button></li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  )
}

/** Why the total is what it is, and whether the perspectives are in balance. */
export function ResultCharts({ explanation, onWhy }: { explanation: Explanation; onWhy: (key: string) => void }) {
  const say = useTexts(explanationTexts)
  const segments = counting(explanation)
  const whole = figuresOf(explanation).status === 'complete'
  return (
    <div className="result-charts">
      {whole && (
        <div className="section">
          <Waterfall name="why" title={say('why')} summary={summaryOf(explanation, say)} steps={totalSteps(explanation, say)} marks={gradeMarks(explanation)} onOpen={onWhy} />
        </div>
      )}
      {(segments.length > 1 || !whole) && segments.map(({ segment, at }) => (
        <div key={at} className="section">
          <Waterfall name={`why-${at}`} title={say('whySegment', { n: at + 1, name: segment.place ?? content(segment.name) })} summary={say('base')}
            steps={[...segmentSteps(segment, at), { key: `base-${at}`, kind: 'total', label: say('base'), points: segment.base }]} onOpen={onWhy} />
        </div>
      ))}
      {segments.map(({ segment, at }) => <div key={at} className="section"><Balance segment={segment} at={at} several={segments.length > 1} /></div>)}
    </div>
  )
}

function Balance({ segment, at, several }: { segment: Segment; at: number; several: boolean }) {
  const say = useTexts(explanationTexts)
  const axes: Axis[] = segment.perspectives.map((p) => ({ label: content(p.name), rate: p.rate, points: p.points, weight: p.weight }))
  return (
    <Radar name={`balance-${at}`} title={several ? `${say('balance')} · ${say('segment', { n: at + 1 })}` : say('balance')} head={say('perspective')} axes={axes}
      summary={axes.map((axis) => say('rateOf', { name: axis.label, rate: axis.rate ?? '—' })).join('')} />
  )
}
