import { Button, Input, Slider } from 'antd'
import { Own } from '@/components/content'
import { type Explanation, type Item, counting } from '@/components/explanation'
import { decimal, drawn } from '@/lib/format'
import { content, useTexts } from '@/lib/text'
import { figure, inputKey, kindOf } from './trial'
import { texts } from './texts'

interface Props {
  explanation: Explanation
  typed: ReadonlyMap<string, string>
  units: ReadonlyMap<string, string>
  onType: (key: string, value: string | undefined) => void
}

/** A field for each figure of the result that can be tried otherwise. */
export function TrialInputs({ explanation, typed, units, onType }: Props) {
  const segments = counting(explanation)
  return segments.map(({ segment, at }) => (
    <div key={at} className="trial-inputs">
      {segments.length > 1 && <h3>{segment.place ?? content(segment.name)}</h3>}
      {segment.items.map((item) => <ItemInput key={item.item} at={at} item={item} typed={typed} unit={item.metric && units.get(item.metric)} onType={onType} />)}
    </div>
  ))
}

interface ItemProps {
  at: number
  item: Item
  typed: Props['typed']
  unit: string | undefined
  onType: Props['onType']
}

function ItemInput({ at, item, typed, unit, onType }: ItemProps) {
  const say = useTexts(texts)
  const name = content(item.name)
  if (kindOf(item) === 'events') {
    return (item.events ?? []).map((event) => (
      <FigureInput key={event.type} id={inputKey(at, item, event.type)} label={say('eventOf', { name, type: content(event.name) })} was={String(event.count)}
        most={10} step={1} typed={typed} onType={onType} />
    ))
  }
  const points = kindOf(item) === 'points'
  const was = points ? item.value : item.actual
  if (was === undefined) return <p className="muted">{say('fixedItem', { name })}</p>
  const rough = Math.max(Math.abs(drawn(was)), Math.abs(drawn(item.target)))
  const most = points ? 100 : rough * 2 || 100
  return (
    <FigureInput id={inputKey(at, item)} label={say(points ? 'pointsOf' : 'actualOf', { name })} was={was} most={most} least={drawn(was) < 0 ? -most : 0}
      step={stepOf(most)} unit={points ? undefined : unit} target={item.target} typed={typed} onType={onType} />
  )
}

/** A round step, about a hundredth of the whole. */
const stepOf = (most: number): number => Number(`1e${Math.floor(Math.log10(most)) - 2}`)

interface FigureProps {
  id: string
  label: string
  was: string
  most: number
  least?: number
  step: number
  unit?: string
  target?: string
  typed: Props['typed']
  onType: Props['onType']
}

function FigureInput({ id, label, was, most, least = 0, step, unit, target, typed, onType }: FigureProps) {
  const say = useTexts(texts)
  const value = typed.get(id)
  const wrong = value !== undefined && figure(value) === undefined
  const hints = [target && say('targetIs', { target: decimal(target) }), value !== undefined && say('was', { value: decimal(was) })].filter(Boolean)
  const decimals = Math.max(0, -Math.floor(Math.log10(step)))
  return (
    <div className="trial-input">
      <label htmlFor={`try-${id}`}>{label}</label>
      <div className="trial-fields">
        <Input id={`try-${id}`} inputMode="decimal" value={value ?? was} status={wrong ? 'error' : undefined} aria-invalid={wrong}
          aria-describedby={`try-${id}-hint`} onChange={(event) => onType(id, event.target.value)} />
        <Slider ariaLabelForHandle={label} min={least} max={most} step={step} value={drawn(figure(value ?? was) ?? was)} tooltip={{ open: false }}
          onChange={(to) => onType(id, to.toFixed(decimals))} />
        <Button disabled={value === undefined} onClick={() => onType(id, undefined)} aria-label={say('resetOne', { label })}>{say('reset')}</Button>
      </div>
      <p id={`try-${id}-hint`} className={wrong ? 'trial-wrong' : 'muted'}>{wrong ? say('notNumber') : <><Own text={unit} />{unit && hints.length > 0 && ' · '}{hints.join(' · ')}</>}</p>
    </div>
  )
}
