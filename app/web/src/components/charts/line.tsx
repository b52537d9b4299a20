import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { score } from '@/lib/format'
import { useTexts } from '@/lib/text'
import { inks, perspectives, useScheme } from '@/lib/theme'
import { ChartFrame } from './frame'
import { chartTexts } from './texts'

/** A line through the months; null where there is no figure, which leaves a gap. */
export interface Series {
  key: string
  label: string
  /** Exact texts, one for each month. */
  values: readonly (string | null | undefined)[]
}

interface Props {
  name: string
  title: string
  summary: string
  /** The months as they are written, the earliest first. */
  months: readonly string[]
  series: readonly Series[]
  /** Grades with their least totals, the best first; the last has none. */
  bands?: readonly { label: string; from: number }[]
  /** Where the rules changed: the month that is the first under the new ones, and what to say. */
  changes?: readonly { month: number; label: string }[]
  onOpen?: (month: number) => void
}

const dashes = ['', '6 3', '2 3', '8 3 2 3']

/** Whether somebody gets better: lines through the months, the grades as bands behind. */
export function LineChart({ name, title, summary, months, series, bands = [], changes = [], onOpen }: Props) {
  const say = useTexts(chartTexts)
  const scheme = useScheme()
  const [low] = rangeOf(series)
  return (
    <ChartFrame name={name} title={title} summary={summary} table={<LineTable months={months} series={series} title={title} />}
      foot={<>
        {series.length > 1 && series.map((one, i) => (
          <span key={one.key} className="chart-key">
            <svg width="26" height="12" aria-hidden="true">
              <line x2="26" y1="6" y2="6" stroke={perspectives[scheme][i]} strokeWidth="2" strokeDasharray={dashes[i]} />
              <Dot x={13} y={6} shape={i} colour={perspectives[scheme][i] ?? ''} />
            </svg>
            {one.label}
          </span>
        ))}
        {low > 0 && <span>{say('notFromZero', { from: low })}</span>}
      </>}>
      {(width) => <Lines width={width} months={months} series={series} bands={bands} changes={changes} summary={summary} onOpen={onOpen} />}
    </ChartFrame>
  )
}

/** The least and the most that the axis shows, round. */
function rangeOf(series: readonly Series[]): readonly [number, number] {
  const values = series.flatMap((one) => one.values.filter((value) => value).map(Number))
  if (values.length === 0) return [0, 100]
  const low = Math.floor((Math.min(...values) - 4) / 10) * 10
  return [Math.max(0, low), Math.max(low + 20, Math.ceil((Math.max(...values) + 1) / 10) * 10)]
}

function Dot({ x, y, shape, colour }: { x: number; y: number; shape: number; colour: string }) {
  const ink = inks[useScheme()]
  const paths = ['', `M${x} ${y - 5}L${x + 5} ${y + 4}H${x - 5}Z`, `M${x - 4} ${y - 4}h8v8h-8Z`, `M${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}L${x - 5} ${y}Z`]
  if (!paths[shape]) return <circle cx={x} cy={y} r="4" fill={colour} stroke={ink.ground} />
  return <path d={paths[shape]} fill={colour} stroke={ink.ground} />
}

type Drawn = Required<Pick<Props, 'months' | 'series' | 'bands' | 'changes' | 'summary'>> & { width: number; onOpen: Props['onOpen'] }

function Lines({ width, months, series, bands, changes, summary, onOpen }: Drawn) {
  const scheme = useScheme()
  const ink = inks[scheme]
  const colours = perspectives[scheme]
  const [low, high] = rangeOf(series)
  const box = { left: 34, right: 30, top: 18, bottom: 26, height: 260 }
  const y = scaleLinear([low, high], [box.height - box.bottom, box.top])
  const step = (width - box.left - box.right) / months.length
  const x = (i: number) => box.left + step * (i + 0.5)
  const every = Math.max(1, Math.ceil(58 / step))
  const within = (value: number) => Math.max(low, Math.min(high, value))
  return (
    <>
      <svg role="img" aria-label={summary} width={width} height={box.height}>
        {bands.map((band, i) => {
          const top = y(within(i === 0 ? high : (bands[i - 1]?.from ?? high)))
          const bottom = y(within(band.from))
          return bottom > top && (
            <g key={band.label}>
              <rect x={box.left} y={top} width={width - box.left - box.right} height={bottom - top} fill={ink.grid} fillOpacity={i % 2 === 0 ? 0.42 : 0.12} />
              {bottom - top > 12 && <text x={width - box.right + 6} y={(top + bottom) / 2 + 4} className="strong">{band.label}</text>}
            </g>
          )
        })}
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line x1={box.left} x2={width - box.right} y1={y(tick)} y2={y(tick)} stroke={ink.grid} />
            <text className="quiet" x={box.left - 6} y={y(tick) + 4} textAnchor="end">{tick}</text>
          </g>
        ))}
        {months.map((month, i) => (months.length - 1 - i) % every === 0 && (
          <text key={month} className="quiet" x={x(i)} y={box.height - 8} textAnchor="middle">{month}</text>
        ))}
        {changes.map((change) => (
          <g key={`${change.month}-${change.label}`}>
            <line x1={x(change.month) - step / 2} x2={x(change.month) - step / 2} y1={box.top - 6} y2={box.height - box.bottom} stroke={ink.line} strokeDasharray="4 3" />
            <text x={x(change.month) - step / 2 + (change.month > months.length / 2 ? -4 : 4)} y={box.top - 6}
              textAnchor={change.month > months.length / 2 ? 'end' : 'start'}>{change.label}</text>
          </g>
        ))}
        {series.map((one, s) => <Path key={one.key} one={one} shape={s} colour={colours[s % colours.length] ?? ''} x={x} y={y} alone={series.length === 1 && step > 44} />)}
      </svg>
      {onOpen && step >= 24 && (
        <div className="chart-hits">
          {months.map((month, i) => (
            <button key={month} type="button" className="chart-hit" style={{ left: x(i) - step / 2, width: step, height: box.height }} onClick={() => onOpen(i)}
              aria-label={[month, ...series.map((one) => `${one.label} ${score(one.values[i])}`)].join(', ')} />
          ))}
        </div>
      )}
    </>
  )
}

function Path({ one, shape, colour, x, y, alone }: {
  one: Series
  shape: number
  colour: string
  x: (i: number) => number
  y: (value: number) => number
  alone: boolean
}) {
  const d = line<string | null | undefined>().defined((value) => Boolean(value)).x((_, i) => x(i)).y((value) => y(Number(value)))([...one.values])
  return (
    <>
      {d && <path d={d} fill="none" stroke={colour} strokeWidth="2" strokeDasharray={dashes[shape]} />}
      {one.values.map((value, i) => value && (
        <g key={i}>
          <Dot x={x(i)} y={y(Number(value))} shape={shape} colour={colour} />
          {alone && <text x={x(i)} y={y(Number(value)) - 9} textAnchor="middle">{score(value)}</text>}
        </g>
      ))}
    </>
  )
}

function LineTable({ months, series, title }: { months: readonly string[]; series: readonly Series[]; title: string }) {
  const say = useTexts(chartTexts)
  return (
    <table aria-label={title}>
      <thead>
        <tr><th scope="col">{say('month')}</th>{series.map((one) => <th key={one.key} scope="col" className="numeric">{one.label}</th>)}</tr>
      </thead>
      <tbody>
        {months.map((month, i) => (
          <tr key={month}>
            <th scope="row">{month}</th>
            {series.map((one) => <td key={one.key} className="numeric">{one.values[i] ? score(one.values[i]) : say('gap')}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
