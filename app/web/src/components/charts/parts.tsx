import { useId } from 'react'
import { useTexts } from '@/lib/text'
import { inks, perspectives, useScheme } from '@/lib/theme'
import { ChartFrame } from './frame'
import { Patterns, fillOf } from './patterns'
import { chartTexts } from './texts'

/** A part of a whole: its figure as it is written, and its length for drawing alone. */
export interface Part {
  key: string
  label: string
  text: string
  length: number
}

interface Props {
  name: string
  title: string
  summary: string
  /** Heads the column of labels, and that of the figures. */
  heads: readonly [string, string]
  parts: readonly Part[]
}

/** How a whole is made up: one bar, its parts side by side, each named below. */
export function StackedBar({ name, title, summary, heads, parts }: Props) {
  const id = useId()
  const scheme = useScheme()
  const ink = inks[scheme]
  const colours = perspectives[scheme]
  return (
    <ChartFrame name={name} title={title} summary={summary} table={<PartTable title={title} heads={heads} parts={parts} />}
      foot={parts.map((part, i) => (
        <span key={part.key} className="chart-key">
          <svg width="14" height="12" aria-hidden="true">
            <Patterns id={`${id}-key-${i}`} colours={colours} ground={ink.ground} lost={ink.lost} />
            <rect width="14" height="12" fill={fillOf(`${id}-key-${i}`, i, colours.length)} />
          </svg>
          {`${part.label} ${part.text}`}
        </span>
      ))}>
      {(width) => <Stack id={id} width={width} parts={parts} summary={summary} />}
    </ChartFrame>
  )
}

function Stack({ id, width, parts, summary }: { id: string; width: number; parts: readonly Part[]; summary: string }) {
  const scheme = useScheme()
  const ink = inks[scheme]
  const colours = perspectives[scheme]
  const whole = parts.reduce((sum, part) => sum + part.length, 0) || 1
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + part.length, 0))
  return (
    <svg role="img" aria-label={summary} width={width} height="28">
      <Patterns id={id} colours={colours} ground={ink.ground} lost={ink.lost} />
      {parts.map((part, i) => (
        <rect key={part.key} x={(width * (starts[i] ?? 0)) / whole} width={(width * part.length) / whole} y="2" height="24"
          fill={fillOf(id, i, colours.length)} stroke={ink.ground} strokeWidth="1.5" />
      ))}
    </svg>
  )
}

function PartTable({ title, heads, parts }: { title: string; heads: readonly [string, string]; parts: readonly Part[] }) {
  return (
    <table aria-label={title}>
      <thead><tr><th scope="col">{heads[0]}</th><th scope="col" className="numeric">{heads[1]}</th></tr></thead>
      <tbody>
        {parts.map((part) => <tr key={part.key}><th scope="row">{part.label}</th><td className="numeric">{part.text}</td></tr>)}
      </tbody>
    </table>
  )
}

interface HistogramProps extends Omit<Props, 'parts' | 'heads'> {
  bins: readonly Part[]
  /** Between which bins a grade begins: the place of the first bin of the grade, and its name. */
  marks?: readonly { at: number; label: string }[]
  head?: string
}

/** How many stand where: a bar for each range, its count on top. */
export function Histogram({ name, title, summary, bins, marks = [], head }: HistogramProps) {
  const say = useTexts(chartTexts)
  return (
    <ChartFrame name={name} title={title} summary={summary} table={<PartTable title={title} heads={[head ?? say('range'), say('people')]} parts={bins} />}>
      {(width) => <Columns width={width} bins={bins} marks={marks} summary={summary} />}
    </ChartFrame>
  )
}

function Columns({ width, bins, marks, summary }: { width: number; bins: readonly Part[]; marks: readonly { at: number; label: string }[]; summary: string }) {
  const scheme = useScheme()
  const ink = inks[scheme]
  const height = 180
  const step = width / Math.max(1, bins.length)
  const most = Math.max(1, ...bins.map((bin) => bin.length))
  const every = Math.max(1, Math.ceil(46 / step))
  return (
    <svg role="img" aria-label={summary} width={width} height={height}>
      <line x2={width} y1={height - 22} y2={height - 22} stroke={ink.grid} />
      {bins.map((bin, i) => {
        const tall = ((height - 60) * bin.length) / most
        return (
          <g key={bin.key} transform={`translate(${i * step} 0)`}>
            <rect x={step * 0.1} width={step * 0.8} y={height - 22 - tall} height={tall} fill={perspectives[scheme][0]} />
            {bin.length > 0 && <text x={step / 2} y={height - 27 - tall} textAnchor="middle">{bin.text}</text>}
            {i % every === 0 && <text className="quiet" x={step / 2} y={height - 7} textAnchor="middle">{bin.label}</text>}
          </g>
        )
      })}
      {marks.map((mark) => (
        <g key={mark.label}>
          <line x1={mark.at * step} x2={mark.at * step} y1="14" y2={height - 22} stroke={ink.line} strokeDasharray="4 3" />
          <text x={mark.at * step + 4} y="12" className="strong">{mark.label}</text>
        </g>
      ))}
    </svg>
  )
}

/** Sorts figures into ranges of one width, for drawing: how many in each, the first and last as wide as needed. */
export function binsOf(values: readonly number[], from: number, to: number, width: number): Part[] {
  const bins: Part[] = []
  for (let start = from; start < to; start += width) {
    const n = values.filter((value) => (start === from || value >= start) && (start + width >= to || value < start + width)).length
    bins.push({ key: String(start), label: `${start}–${start + width}`, text: String(n), length: n })
  }
  return bins
}
