import { scaleLinear } from 'd3-scale'
import { useId } from 'react'
import { score, signed } from '@/lib/format'
import { useTexts } from '@/lib/text'
import { inks, perspectives, useScheme } from '@/lib/theme'
import { ChartFrame } from './frame'
import { Patterns, fillOf, lostFill } from './patterns'
import { chartTexts } from './texts'
import { type Placed, type Step, placed, reach } from './waterfall.model'

interface Props {
  name: string
  title: string
  summary: string
  steps: readonly Step[]
  /** Lines across, such as the least totals of the grades. */
  marks?: readonly { at: number; label: string }[]
  /** What an item is named by in the table. */
  head?: string
  /** Opens what explains a line; without it lines cannot be pressed. */
  onOpen?: (key: string) => void
  /** How far the axis reaches at least. */
  least?: number
}

const sideAt = 620

/** Why a total is what it is: the points of each item one after the other, what was not reached hatched. */
export function Waterfall({ name, title, summary, steps, marks = [], head, onOpen, least = 100 }: Props) {
  const say = useTexts(chartTexts)
  const openable = (step: Step) => onOpen !== undefined && step.kind === 'item'
  return (
    <ChartFrame name={name} title={title} summary={summary} table={<WaterfallTable steps={steps} head={head} title={title} />}
      foot={steps.some((step) => step.lost) && <LostKey words={say('lostKey')} />}>
      {(width) => <Drawing width={width} steps={steps} marks={marks} summary={summary} least={least} openable={openable} onOpen={onOpen} />}
    </ChartFrame>
  )
}

function LostKey({ words }: { words: string }) {
  const id = useId()
  const ink = inks[useScheme()]
  return (
    <span className="chart-key">
      <svg width="22" height="12" aria-hidden="true">
        <Patterns id={id} colours={[]} ground={ink.ground} lost={ink.lost} />
        <rect x="0.5" y="0.5" width="21" height="11" fill={lostFill(id)} stroke={ink.lost} />
      </svg>
      {words}
    </span>
  )
}

interface DrawingProps {
  width: number
  steps: readonly Step[]
  marks: readonly { at: number; label: string }[]
  summary: string
  least: number
  openable: (step: Step) => boolean
  onOpen: ((key: string) => void) | undefined
}

/** Shortens a label to what fits; Chinese characters take two places. */
function fitting(label: string, places: number): string {
  let used = 0
  let kept = ''
  for (const sign of label) {
    used += sign.charCodeAt(0) > 0x2e80 ? 2 : 1
    if (used > places) return `${kept}…`
    kept += sign
  }
  return label
}

function Drawing({ width, steps, marks, summary, least, openable, onOpen }: DrawingProps) {
  const say = useTexts(chartTexts)
  const scheme = useScheme()
  const id = useId()
  const ink = inks[scheme]
  const colours = perspectives[scheme]
  const bars = placed(steps)
  const beside = width >= sideAt
  const left = beside ? Math.min(230, Math.round(width * 0.26)) : 0
  const right = 58
  const row = beside ? 26 : 40
  const top = 22
  const x = scaleLinear([0, reach(bars, least)], [left, width - right])
  const shown = marks.filter((mark) => mark.at <= (x.domain()[1] ?? 0))
  const end = top + bars.length * row
  const height = end + (shown.length > 0 ? 20 : 6)
  return (
    <>
      <svg role="img" aria-label={summary} width={width} height={height}>
        <Patterns id={id} colours={colours} ground={ink.ground} lost={ink.lost} />
        {x.ticks(width > 500 ? 10 : 5).map((tick) => (
          <g key={tick}>
            <line x1={x(tick)} x2={x(tick)} y1={top - 4} y2={end} stroke={ink.grid} />
            <text className="quiet" x={x(tick)} y={top - 8} textAnchor={tick === 0 && !beside ? 'start' : 'middle'}>{tick}</text>
          </g>
        ))}
        {shown.map((mark) => (
          <g key={mark.label}>
            <line x1={x(mark.at)} x2={x(mark.at)} y1={end - 6} y2={end + 4} stroke={ink.line} strokeWidth="1.5" />
            <text x={x(mark.at)} y={end + 16} textAnchor="middle" className="strong">{mark.label}</text>
          </g>
        ))}
        {bars.map((bar, i) => (
          <g key={bar.step.key} transform={`translate(0 ${top + i * row})`}>
            <Bar bar={bar} beside={beside} left={left} width={width} x={x} id={id} row={row} count={colours.length}
              next={bars[i + 1]?.step.kind === 'item'} />
          </g>
        ))}
      </svg>
      {onOpen && (
        <div className="chart-hits">
          {bars.map((bar, i) => openable(bar.step) && (
            <button key={bar.step.key} type="button" className="chart-hit" style={{ top: top + i * row, height: row }} onClick={() => onOpen(bar.step.key)}
              aria-label={say(bar.step.lost ? 'barLost' : 'bar', { label: bar.step.label, points: score(bar.step.points), lost: score(bar.step.lost) })} />
          ))}
        </div>
      )}
    </>
  )
}

interface BarProps {
  bar: Placed
  beside: boolean
  left: number
  width: number
  row: number
  x: (value: number) => number
  id: string
  count: number
  next: boolean
}

function Bar({ bar: { step, from, to, lostTo }, beside, left, width, row, x, id, count, next }: BarProps) {
  const ink = inks[useScheme()]
  const head = step.kind !== 'item'
  const size = step.kind === 'group' ? 4 : 14
  const y = beside ? (row - size) / 2 : 20 + (14 - size) / 2
  const start = Math.min(x(from), x(to))
  const length = Math.max(Math.abs(x(to) - x(from)), step.points ? 1 : 0)
  const fill = step.kind === 'total' ? ink.line : step.less ? lostFill(id) : step.kind === 'group' ? ink.grid : fillOf(id, step.colour ?? 0, count)
  return (
    <>
      <text x={beside ? (head ? 0 : 12) : 0} y={beside ? row / 2 + 4 : 14} className={head ? 'strong' : undefined}>
        {fitting(step.label, beside ? Math.floor((left - (head ? 0 : 12)) / 6.6) : Math.floor((width - 70) / 6.6))}
      </text>
      {lostTo > to && <rect x={x(to)} y={y} width={x(lostTo) - x(to)} height={size} fill={lostFill(id)} stroke={ink.lost} strokeWidth="0.8" />}
      <rect x={start} y={y} width={length} height={size} fill={fill} stroke={step.less ? ink.line : undefined} />
      {next && step.kind === 'item' && <line x1={x(to)} x2={x(to)} y1={y + size} y2={y + row} stroke={ink.lost} strokeWidth="0.8" />}
      <text x={width} y={beside ? row / 2 + 4 : 14} textAnchor="end" className={head ? 'strong' : undefined}>
        {step.less ? signed(step.points) : score(step.points)}
      </text>
    </>
  )
}

function WaterfallTable({ steps, head, title }: { steps: readonly Step[]; head: string | undefined; title: string }) {
  const say = useTexts(chartTexts)
  const lost = steps.some((step) => step.lost)
  return (
    <table aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{head ?? say('item')}</th>
          <th scope="col" className="numeric">{say('points')}</th>
          {lost && <th scope="col" className="numeric">{say('lost')}</th>}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.key} className={step.kind === 'item' ? undefined : 'sum'}>
            <th scope="row">{step.label}</th>
            <td className="numeric">{step.less ? signed(step.points) : score(step.points)}</td>
            {lost && <td className="numeric">{step.lost ? score(step.lost) : ''}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
