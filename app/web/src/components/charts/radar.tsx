import { lineRadial } from 'd3-shape'
import { useId } from 'react'
import { decimal, drawn, score } from '@/lib/format'
import { useTexts } from '@/lib/text'
import { inks, perspectives, useScheme } from '@/lib/theme'
import { ChartFrame } from './frame'
import { Patterns, fillOf } from './patterns'
import { chartTexts } from './texts'

/** One axis: what it is, how much of it was reached in percent, and of how many points. */
export interface Axis {
  label: string
  rate: string | null | undefined
  points: string | null | undefined
  weight: string | null | undefined
}

interface Props {
  name: string
  title: string
  summary: string
  axes: readonly Axis[]
  /** Heads the column of labels. */
  head: string
}

/** Whether a whole is in balance: three to six axes as a radar with their values, others as bars. */
export function Radar({ name, title, summary, axes, head }: Props) {
  const round = axes.length >= 3 && axes.length <= 6
  return (
    <ChartFrame name={name} title={title} summary={summary} table={<AxisTable axes={axes} head={head} title={title} />}>
      {(width) => (round ? <Round width={width} axes={axes} summary={summary} /> : <Bars width={width} axes={axes} summary={summary} />)}
    </ChartFrame>
  )
}

const percent = (text: string | null | undefined) => (text ? `${decimal(text, 2)}%` : decimal(text))

/** Rates reach beyond 100 where caps allow it; the web grows with them. */
const farthest = (axes: readonly Axis[]) => Math.max(100, ...axes.map((axis) => drawn(axis.rate)))

function Round({ width, axes, summary }: { width: number; axes: readonly Axis[]; summary: string }) {
  const scheme = useScheme()
  const ink = inks[scheme]
  const colours = perspectives[scheme]
  const height = 280
  const radius = Math.min(96, width / 2 - 48)
  const most = farthest(axes)
  const angle = (i: number) => (2 * Math.PI * i) / axes.length
  const at = (i: number, share: number) => [Math.sin(angle(i)) * radius * share, -Math.cos(angle(i)) * radius * share] as const
  const ring = (share: number) => `M${axes.map((_, i) => at(i, share).join(' ')).join('L')}Z`
  const shape = lineRadial<Axis>().angle((_, i) => angle(i)).radius((axis) => (radius * drawn(axis.rate)) / most)(axes as Axis[])
  return (
    <svg role="img" aria-label={summary} width={width} height={height}>
      <g transform={`translate(${width / 2} ${height / 2})`}>
        {[0.25, 0.5, 0.75].map((share) => <path key={share} d={ring((share * 100) / most)} fill="none" stroke={ink.grid} />)}
        <path d={ring(100 / most)} fill="none" stroke={ink.lost} strokeDasharray="4 3" />
        {axes.map((axis, i) => <line key={axis.label} x2={at(i, 1)[0]} y2={at(i, 1)[1]} stroke={ink.grid} />)}
        <path d={`${shape}Z`} fill={colours[0]} fillOpacity="0.22" stroke={colours[0]} strokeWidth="2" />
        {axes.map((axis, i) => {
          const [x, y] = at(i, drawn(axis.rate) / most)
          return <circle key={axis.label} cx={x} cy={y} r="4" fill={colours[i % colours.length]} stroke={ink.ground} />
        })}
        {axes.map((axis, i) => {
          const [x, y] = at(i, 1)
          const anchor = Math.abs(x) < 8 ? 'middle' : x > 0 ? 'start' : 'end'
          const below = y > 8 ? 16 : y < -8 ? -22 : -4
          // On narrow screens labels at the sides stand at the edges, under their axes, where they have room.
          const aside = anchor !== 'middle' && width < 480
          const side = Math.sign(x) * (width / 2 - 2)
          return (
            <g key={axis.label} transform={aside ? `translate(${side} ${y + (y < -8 ? -22 : y > 8 ? 24 : radius * 0.62)})` : `translate(${x + (anchor === 'middle' ? 0 : Math.sign(x) * 8)} ${y + below})`}>
              <text textAnchor={aside ? (x > 0 ? 'end' : 'start') : anchor}>{axis.label}</text>
              <text y="15" textAnchor={aside ? (x > 0 ? 'end' : 'start') : anchor} className="strong">{percent(axis.rate)}</text>
            </g>
          )
        })}
      </g>
    </svg>
  )
}

function Bars({ width, axes, summary }: { width: number; axes: readonly Axis[]; summary: string }) {
  const scheme = useScheme()
  const ink = inks[scheme]
  const colours = perspectives[scheme]
  const id = useId()
  const most = farthest(axes)
  const row = 40
  const room = width - 66
  return (
    <svg role="img" aria-label={summary} width={width} height={axes.length * row}>
      <Patterns id={id} colours={colours} ground={ink.ground} lost={ink.lost} />
      {axes.map((axis, i) => (
        <g key={axis.label} transform={`translate(0 ${i * row})`}>
          <text y="14">{axis.label}</text>
          <rect y="20" width={(room * 100) / most} height="14" fill="none" stroke={ink.grid} />
          <rect y="20" width={(room * drawn(axis.rate)) / most} height="14" fill={fillOf(id, i, colours.length)} />
          <text x={width} y="32" textAnchor="end" className="strong">{percent(axis.rate)}</text>
        </g>
      ))}
    </svg>
  )
}

function AxisTable({ axes, head, title }: { axes: readonly Axis[]; head: string; title: string }) {
  const say = useTexts(chartTexts)
  return (
    <table aria-label={title}>
      <thead>
        <tr><th scope="col">{head}</th><th scope="col" className="numeric">{say('points')}</th><th scope="col" className="numeric">{say('rate')}</th></tr>
      </thead>
      <tbody>
        {axes.map((axis) => (
          <tr key={axis.label}>
            <th scope="row">{axis.label}</th>
            <td className="numeric">{axis.points ? say('of', { points: score(axis.points), weight: decimal(axis.weight) }) : score(axis.points)}</td>
            <td className="numeric">{percent(axis.rate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
