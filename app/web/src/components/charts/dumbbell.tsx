import { scaleLinear } from 'd3-scale'
import { drawn, score } from '@/lib/format'
import { useTexts } from '@/lib/text'
import { inks, perspectives, useScheme } from '@/lib/theme'
import { ChartFrame } from './frame'
import { chartTexts } from './texts'

/** One line: where it stood and where it stands. */
export interface Pair {
  key: string
  label: string
  before: string | null | undefined
  after: string | null | undefined
}

interface Props {
  name: string
  title: string
  summary: string
  pairs: readonly Pair[]
  /** Heads the column of labels. */
  head: string
}

/** The same under two conditions: a ring before, a dot after, a line between. */
export function Dumbbell({ name, title, summary, pairs, head }: Props) {
  const say = useTexts(chartTexts)
  const scheme = useScheme()
  const colour = perspectives[scheme][0] ?? ''
  return (
    <ChartFrame name={name} title={title} summary={summary} table={<PairTable title={title} pairs={pairs} head={head} />}
      foot={<>
        <span className="chart-key"><svg width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="4.5" fill="none" stroke={colour} strokeWidth="2" /></svg>{say('before')}</span>
        <span className="chart-key"><svg width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="5.5" fill={colour} /></svg>{say('after')}</span>
      </>}>
      {(width) => <Pairs width={width} pairs={pairs} summary={summary} />}
    </ChartFrame>
  )
}

function Pairs({ width, pairs, summary }: { width: number; pairs: readonly Pair[]; summary: string }) {
  const scheme = useScheme()
  const ink = inks[scheme]
  const colour = perspectives[scheme][0] ?? ''
  const row = 40
  const values = pairs.flatMap((pair) => [drawn(pair.before), drawn(pair.after)])
  const x = scaleLinear([Math.min(0, ...values), Math.max(1, ...values)], [8, width - 120]).nice()
  return (
    <svg role="img" aria-label={summary} width={width} height={pairs.length * row + 4}>
      {pairs.map((pair, i) => {
        const changed = pair.before !== pair.after
        return (
          <g key={pair.key} transform={`translate(0 ${i * row})`}>
            <text y="14" className={changed ? 'strong' : undefined}>{pair.label}</text>
            <line x1="8" x2={width - 120} y1="27" y2="27" stroke={ink.grid} />
            <line x1={x(drawn(pair.before))} x2={x(drawn(pair.after))} y1="27" y2="27" stroke={colour} strokeWidth="3" />
            <circle cx={x(drawn(pair.before))} cy="27" r="5" fill={ink.ground} stroke={colour} strokeWidth="2" />
            {changed && <circle cx={x(drawn(pair.after))} cy="27" r="6" fill={colour} />}
            <text x={width} y="31" textAnchor="end" className={changed ? 'strong' : 'quiet'}>
              {changed ? `${score(pair.before)} → ${score(pair.after)}` : score(pair.after)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function PairTable({ title, pairs, head }: { title: string; pairs: readonly Pair[]; head: string }) {
  const say = useTexts(chartTexts)
  return (
    <table aria-label={title}>
      <thead><tr><th scope="col">{head}</th><th scope="col" className="numeric">{say('before')}</th><th scope="col" className="numeric">{say('after')}</th></tr></thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={pair.key}><th scope="row">{pair.label}</th><td className="numeric">{score(pair.before)}</td><td className="numeric">{score(pair.after)}</td></tr>
        ))}
      </tbody>
    </table>
  )
}
