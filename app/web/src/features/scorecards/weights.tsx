import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { StackedBar } from '@/components/charts'
import { drawn } from '@/lib/format'
import { content, useTexts } from '@/lib/text'
import { designerTexts } from './designer.texts'
import { useDesigner } from './designer.state'

/** The sum of the weights, in sight wherever one types. */
export function WeightSum({ sum, pending }: { sum: string | undefined; pending: boolean }) {
  const say = useTexts(designerTexts)
  const right = sum === '100'
  return (
    <span className={`weight-sum ${pending || sum === undefined ? '' : right ? 'right' : 'wrong'}`} role="status">
      {!pending && sum !== undefined && (right ? <CheckCircleFilled aria-hidden="true" /> : <CloseCircleFilled aria-hidden="true" />)}
      {`${say('sum')} `}
      <strong>{sum === undefined ? '…' : say('sumOf', { sum })}</strong>
      {` ${pending || sum === undefined ? say('checking') : say(right ? 'sumRight' : 'sumWrong')}`}
    </span>
  )
}

/** How the weights divide, item by item in the order of the scorecard. */
export function WeightBar() {
  const say = useTexts(designerTexts)
  const { card } = useDesigner()
  const parts = card.perspectives.flatMap((perspective) => perspective.items.map((item, i) => ({
    key: `${perspective.key}.${item.key}.${i}`, label: content(item.name) || item.key, text: `${item.weight || '0'}%`,
    length: /^\d{1,9}(\.\d+)?$/.test(item.weight) ? drawn(item.weight) : 0,
  })))
  return <StackedBar name="weights" title={say('weights')} summary={say('weightsSummary', { list: parts.map((part) => `${part.label} ${part.text}`).join(', ') })} heads={[say('item'), say('weight')]} parts={parts} />
}
