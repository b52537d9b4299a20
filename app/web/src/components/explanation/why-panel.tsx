import { Button } from 'antd'
import { Fragment, type ReactNode } from 'react'
import { Bullet } from '@/components/charts'
import { SidePanel } from '@/components/side-panel'
import { decimal, score } from '@/lib/format'
import { content, useTexts } from '@/lib/text'
import { type Explanation, bulletOf, figuresOf, itemOf, keyOf, keysOf, totalKey } from './model'
import { TotalRows } from './item-rows'
import { explanationTexts } from './texts'

interface Props {
  explanation: Explanation | undefined
  /** What the address asks to explain: the key of an item, or the total. */
  why: string | undefined
  onWhy: (key: string | undefined) => void
  /** What else leads on from an item. */
  footer?: (key: string) => ReactNode
}

/** How one figure came about: the item first, the whole calculation below. */
export function WhyPanel({ explanation, why, onWhy, footer }: Props) {
  const say = useTexts(explanationTexts)
  const found = explanation && itemOf(explanation, why)
  const open = explanation !== undefined && (found !== undefined || why === totalKey)
  return (
    <SidePanel open={open} title={found ? content(found.item.name) : say('why')} onClose={() => onWhy(undefined)}>
      {open && <WhyContent explanation={explanation} why={why ?? ''} onWhy={onWhy} footer={footer} />}
    </SidePanel>
  )
}

function WhyContent({ explanation, why, onWhy, footer }: { explanation: Explanation; why: string; onWhy: Props['onWhy']; footer: Props['footer'] }) {
  const say = useTexts(explanationTexts)
  const keys = keysOf(explanation)
  const shown = itemOf(explanation, why)
  const at = shown ? keys.indexOf(keyOf(shown.at, shown.item)) : -1
  return (
    <div className="why">
      {why === totalKey ? figuresOf(explanation).total && <TotalRows explanation={explanation} /> : <ItemWhy explanation={explanation} why={why} />}
      {(at >= 0 || footer) && (
        <div className="why-steps">
          {at >= 0 && (
            <>
              <Button disabled={at === 0} onClick={() => onWhy(keys[at - 1])}>{say('previousItem')}</Button>
              <Button disabled={at === keys.length - 1} onClick={() => onWhy(keys[at + 1])}>{say('nextItem')}</Button>
            </>
          )}
          {footer?.(why)}
        </div>
      )}
      <TraceLines explanation={explanation} mark={shown?.item.line} />
    </div>
  )
}

/** One item: its line in words, then its figures. */
export function ItemWhy({ explanation, why }: { explanation: Explanation; why: string }) {
  const say = useTexts(explanationTexts)
  const found = itemOf(explanation, why)
  if (!found) return null
  const { item, segment } = found
  const facts: (readonly [string, string | false | undefined])[] = [
    [say('perspective'), content(segment.perspectives[item.perspective]?.name)],
    [say('target'), item.target && decimal(item.target)],
    [say('actual'), item.actual && decimal(item.actual)],
    [say('baseline'), item.baseline && decimal(item.baseline)],
    [say('events'), item.events?.map((e) => say('event', { type: content(e.name), n: decimal(String(e.count)), points: decimal(e.points) })).join(' · ')],
    [say('score'), score(item.score)],
    [say('weight'), decimal(item.weight)],
    [say('effective'), item.effective_weight !== item.weight && item.effective_weight && decimal(item.effective_weight)],
    [say('points'), score(item.points)],
    [say('lost'), item.lost && score(item.lost)],
  ]
  return (
    <>
      <p className="why-line">{item.line}</p>
      <Bullet {...bulletOf(item, say)} colour={item.perspective} width={280} />
      <dl className="facts">
        {facts.map(([name, value]) => value && <Fragment key={name}><dt>{name}</dt><dd className="figure">{value}</dd></Fragment>)}
      </dl>
    </>
  )
}

/** The whole calculation, line by line; the line of the item is marked. */
export function TraceLines({ explanation, mark }: { explanation: Explanation; mark?: string }) {
  const say = useTexts(explanationTexts)
  return (
    <section aria-label={say('whole')}>
      <h3>{say('whole')}</h3>
      <ol className="trace-lines">
        {explanation.trace.map((line, i) => {
          const depth = (/^ */.exec(line)?.[0].length ?? 0) / 2
          const marked = mark !== undefined && line.trim() === mark
          return <li key={i} className={`trace-${Math.min(depth, 2)}${marked ? ' trace-marked' : ''}`} aria-current={marked || undefined}>{line.trim()}</li>
        })}
      </ol>
    </section>
  )
}
