import { Bullet } from '@/components/charts'
import { Content } from '@/components/content'
import { decimal, score, signed } from '@/lib/format'
import { content, useTexts } from '@/lib/text'
import { type Explanation, type Item, type Segment, bulletOf, figuresOf, keyOf, stepLabel } from './model'
import { explanationTexts } from './texts'
import './explanation.css'

interface Props {
  segment: Segment
  at: number
  /** Units of measure by metric. */
  units: ReadonlyMap<string, string>
  onOpen: (key: string) => void
}

/** A row for each item: target, actual, how far it came, score, weight, points. On phones rows are cards. */
export function ItemRows({ segment, at, units, onOpen }: Props) {
  const say = useTexts(explanationTexts)
  const heads = ['weight', 'target', 'actual', 'reached', 'score', 'points', 'lost'] as const
  return (
    <table className="items">
      <thead>
        <tr>
          <th scope="col">{say('item')}</th>
          {heads.map((head) => <th key={head} scope="col" className={head === 'reached' ? undefined : 'numeric'}>{say(head)}</th>)}
        </tr>
      </thead>
      {segment.perspectives.map((perspective, p) => (
        <tbody key={p}>
          <tr className="items-group">
            <th scope="rowgroup" colSpan={6}><Content of={perspective.name} /></th>
            <td className="numeric">{score(perspective.points)}</td>
            <td />
          </tr>
          {segment.items.filter((item) => item.perspective === p).map((item) => <Row key={item.item} item={item} at={at} units={units} onOpen={onOpen} />)}
        </tbody>
      ))}
    </table>
  )
}

function Row({ item, at, units, onOpen }: { item: Item; at: number; units: ReadonlyMap<string, string>; onOpen: (key: string) => void }) {
  const say = useTexts(explanationTexts)
  const unit = item.metric && units.get(item.metric)
  const name = content(item.name)
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link" onClick={() => onOpen(keyOf(at, item))} aria-label={say('explain', { name })}><Content of={item.name} /></button>
        {unit && <span className="muted">{` ${unit}`}</span>}
      </th>
      <td className="numeric" data-label={say('weight')}>{decimal(item.weight)}</td>
      <td className="numeric" data-label={say('target')}>{decimal(item.target)}</td>
      <td className="numeric" data-label={say('actual')}>{decimal(item.actual)}</td>
      <td data-label={say('reached')}><Bullet {...bulletOf(item, say)} colour={item.perspective} /></td>
      <td className="numeric" data-label={say('score')}>{score(item.score)}</td>
      <td className="numeric strong" data-label={say('points')}>{score(item.points)}</td>
      <td className="numeric muted" data-label={say('lost')}>{item.lost ? score(item.lost) : ''}</td>
    </tr>
  )
}

/** From the base to the total: what was added, taken away and limited. */
export function TotalRows({ explanation }: { explanation: Explanation }) {
  const say = useTexts(explanationTexts)
  const { base, total } = figuresOf(explanation)
  const parts = explanation.segments.filter((segment) => segment.counts)
  return (
    <table className="figures total-rows" aria-label={say('total')}>
      <tbody>
        {parts.length > 1 && parts.map((segment, i) => (
          <tr key={i}><th scope="row">{`${segment.place ?? content(segment.name)} · ${say('days', { n: segment.days })}`}</th><td className="numeric">{score(segment.points)}</td></tr>
        ))}
        {explanation.rounding && <tr><th scope="row">{say('rounding')}</th><td className="numeric">{signed(explanation.rounding)}</td></tr>}
        <tr><th scope="row">{say('base')}</th><td className="numeric">{score(base)}</td></tr>
        {explanation.steps.map((step, i) => (
          <tr key={i}><th scope="row">{stepLabel(step, say)}</th><td className="numeric">{signed(step.points)}</td></tr>
        ))}
        <tr className="sum"><th scope="row">{say('total')}</th><td className="numeric" data-total="">{score(total)}</td></tr>
      </tbody>
    </table>
  )
}
