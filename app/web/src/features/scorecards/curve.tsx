import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Input } from 'antd'
import { scaleLinear } from 'd3-scale'
import { curveLinear, curveStepAfter, line } from 'd3-shape'
import { useId, useState } from 'react'
import { ChartFrame } from '@/components/charts'
import { ProblemText } from '@/components/states'
import { type Schema, api, isProblem } from '@/lib/api'
import { decimal, drawn } from '@/lib/format'
import { useLanguage, useTexts } from '@/lib/text'
import { inks, perspectives, useScheme } from '@/lib/theme'
import { useSettled } from './settled'
import { narrow, shift } from './decimal'
import { methodTexts } from './designer.texts'
import { type Item, isShare, ofValue, writtenItem } from './model'
import { rangeOf } from './range'

type Curve = Schema<'Curve'>

const figure = /^-?\d{1,15}(\.\d{1,6})?$/

/** What the method of an item makes of a range of values, drawn as it is typed, and of one value in words. */
export function CurvePreview({ item, precision }: { item: Item; precision: string }) {
  const say = useTexts(methodTexts)
  const [asked, ask] = useState<{ from?: string; to?: string; value: string }>({ value: '' })
  const of = ofValue(item.method, item.source)
  const share = isShare(of)
  const own = rangeOf(item)
  const kept = (text: string | undefined, usual: string) => (text !== undefined && figure.test(text) ? text : usual)
  const kind = item.source === 'events' ? 'count' : (of as 'actual')
  const x = say(kind)
  const range = { from: kept(asked.from, own.from), to: kept(asked.to, own.to) }
  const test = share ? shift(asked.value, -2) : asked.value
  const query = useCurve(item, precision, range, figure.test(test) ? test : undefined)
  const shown = (text: string) => (share ? `${decimal(shift(text, 2))}%` : decimal(text))
  const peers = isProblem(query.error, 'curve.peers')
  if (peers) return <Alert type="info" showIcon title={<ProblemText error={query.error} />} />
  return (
    <div className="curve">
      {query.error && isProblem(query.error) && <p className="muted" role="status">{say('incomplete')}</p>}
      {query.data && <CurveChart curve={query.data} x={x} shown={shown} stepped={isStepped(item)} share={share} />}
      {item.source === 'events' && item.method.rows[0] && <p className="muted">{say('firstEvent', { type: [...item.method.rows].map((row) => row.a).sort()[0] ?? '' })}</p>}
      <div className="rule-fields">
        <Field label={say('test', { x })} value={asked.value} onChange={(value) => ask({ ...asked, value })} suffix={share ? '%' : undefined} />
        <Field label={say('drawFrom')} value={asked.from === undefined ? '' : share ? shift(asked.from, 2) : asked.from} placeholder={share ? shift(own.from, 2) : own.from}
          onChange={(from) => ask({ ...asked, from: from ? (share ? shift(from, -2) : from) : undefined })} suffix={share ? '%' : undefined} />
        <Field label={say('drawTo')} value={asked.to === undefined ? '' : share ? shift(asked.to, 2) : asked.to} placeholder={share ? shift(own.to, 2) : own.to}
          onChange={(to) => ask({ ...asked, to: to ? (share ? shift(to, -2) : to) : undefined })} suffix={share ? '%' : undefined} />
      </div>
      <p className="curve-words" role="status">
        {asked.value && query.data?.values[0] && (query.data.values[0].score === null ? say('noScore') : query.data.values[0].words)}
      </p>
    </div>
  )
}

function Field({ label, value, onChange, placeholder, suffix }: { label: string; value: string; onChange: (value: string) => void; placeholder?: string; suffix?: string }) {
  const [typed, type] = useState<string>()
  return (
    <label className="rule-field">
      <span>{label}</span>
      <Input className="figure" inputMode="decimal" value={typed ?? value} placeholder={placeholder} suffix={suffix} maxLength={24}
        onChange={(event) => { type(narrow(event.target.value)); onChange(narrow(event.target.value).trim()) }} onBlur={() => type(undefined)} />
    </label>
  )
}

function useCurve(item: Item, precision: string, range: { from: string; to: string }, value: string | undefined) {
  const language = useLanguage()
  const { source, method, flow } = writtenItem(item) as Record<string, unknown>
  const body = useSettled(JSON.stringify({
    item: { source, method, flow }, precision: /^[0-4]$/.test(precision) ? Number(precision) : 2, ...range, steps: 120, values: value === undefined ? [] : [value],
  }), 200)
  return useQuery({
    queryKey: ['curve', body, language],
    queryFn: async () => (await api.POST('/score-curves', { body: JSON.parse(body) as Schema<'CurveRequest'> })).data as Curve,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
}

const isStepped = ({ method, source }: Item) =>
  ['steps', 'threshold'].includes(method.type) || source === 'events' || (method.type === 'increments' && method.whole_steps)

interface Drawing { curve: Curve; x: string; shown: (text: string) => string; stepped: boolean; share: boolean }

function CurveChart({ curve, x, shown, stepped, share }: Drawing) {
  const say = useTexts(methodTexts)
  const scored = curve.points.filter((point) => point.score !== null)
  const scores = scored.map((point) => drawn(point.score))
  const [first, last] = [scored[0], scored.at(-1)]
  if (!first || !last) return <p className="muted">{say('noScore')}</p>
  const summary = say('curveOf', { x, from: shown(first.x), to: shown(last.x), low: Math.min(...scores), high: Math.max(...scores) })
  return (
    <ChartFrame name="curve" title={say('curve')} summary={summary} table={
      <table aria-label={say('curve')}>
        <thead><tr><th scope="col" className="numeric">{x}</th><th scope="col" className="numeric">{say('score')}</th></tr></thead>
        <tbody>{scored.map((point) => <tr key={point.x}><th scope="row" className="numeric">{shown(point.x)}</th><td className="numeric">{decimal(point.score)}</td></tr>)}</tbody>
      </table>}>
      {(width) => <Line width={width} curve={curve} summary={summary} stepped={stepped} share={share} label={x} />}
    </ChartFrame>
  )
}

function Line({ width, curve, summary, stepped, share, label }: { width: number; curve: Curve; summary: string; stepped: boolean; share: boolean; label: string }) {
  const scheme = useScheme()
  const ink = inks[scheme]
  const colour = perspectives[scheme][0]
  const id = useId()
  const height = 240
  const points = curve.points.filter((point) => point.score !== null).map((point) => [drawn(point.x), drawn(point.score)] as const)
  const xs = points.map(([at]) => at)
  const ys = points.map(([, to]) => to)
  const x = scaleLinear([Math.min(...xs), Math.max(...xs)], [40, width - 14])
  const y = scaleLinear([Math.min(0, ...ys), Math.max(100, ...ys)], [height - 34, 10]).nice()
  const path = line<readonly [number, number]>().x(([at]) => x(at)).y(([, to]) => y(to)).curve(stepped ? curveStepAfter : curveLinear)(points)
  const tested = curve.values[0]
  const percent = (at: number) => (share ? `${Number((at * 100).toPrecision(6))}%` : String(at))
  return (
    <svg role="img" aria-label={summary} width={width} height={height}>
      {y.ticks(5).map((at) => (
        <g key={at}>
          <line x1="40" x2={width - 14} y1={y(at)} y2={y(at)} stroke={at === 100 ? ink.line : ink.grid} strokeDasharray={at === 100 ? '4 3' : undefined} strokeWidth={at === 100 ? 0.7 : 1} />
          <text className="quiet" x="34" y={y(at) + 4} textAnchor="end">{at}</text>
        </g>
      ))}
      {x.ticks(Math.max(2, Math.floor(width / 90))).map((at) => (
        <g key={at}>
          <line x1={x(at)} x2={x(at)} y1={height - 34} y2={height - 30} stroke={ink.line} />
          <text className="quiet" x={x(at)} y={height - 18} textAnchor="middle">{percent(at)}</text>
        </g>
      ))}
      <text className="quiet" x={width - 14} y={height - 3} textAnchor="end" id={id}>{label}</text>
      <path d={path ?? ''} fill="none" stroke={colour} strokeWidth="2.5" strokeLinejoin="round" />
      {tested?.score && drawn(tested.x) >= Math.min(...xs) && drawn(tested.x) <= Math.max(...xs) && (
        <g>
          <line x1={x(drawn(tested.x))} x2={x(drawn(tested.x))} y1={y(drawn(tested.score))} y2={height - 34} stroke={ink.line} strokeDasharray="3 3" />
          <circle cx={x(drawn(tested.x))} cy={y(drawn(tested.score))} r="5" fill={colour} stroke={ink.ground} strokeWidth="1.5" />
        </g>
      )}
    </svg>
  )
}
