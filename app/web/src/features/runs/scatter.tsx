import { scaleLinear } from 'd3-scale'
import type { Schema } from '@/lib/api'
import { drawn } from '@/lib/format'
import { useTexts } from '@/lib/text'
import { inks, standings, useScheme } from '@/lib/theme'
import { texts } from './texts'
import './runs.css'

const size = 320
const edge = 40

/** Totals before (across) against after (up); the list beside it is its table. */
export function Scatter({ changes }: { changes: readonly Schema<'RunChange'>[] }) {
  const say = useTexts(texts)
  const scheme = useScheme()
  const ink = inks[scheme]
  const points = changes.filter((c) => c.before?.total && c.after?.total).map((c) => ({ id: c.staff_no, x: drawn(c.before?.total), y: drawn(c.after?.total) }))
  const all = points.flatMap((p) => [p.x, p.y])
  const scale = scaleLinear().domain([Math.min(...all, 60), Math.max(...all, 100)]).nice().range([edge, size - 10])
  const up = (value: number) => size - scale(value)
  const ticks = scale.ticks(5)
  return (
    <svg viewBox={`0 0 ${size} ${size}`} className="scatter" role="img" aria-label={say('scatter')}>
      {ticks.map((tick) => (
        <g key={tick} stroke={ink.grid}>
          <line x1={scale(tick)} x2={scale(tick)} y1={up(scale.domain()[0] ?? 0)} y2={10} />
          <line y1={up(tick)} y2={up(tick)} x1={edge} x2={size - 10} />
          <text x={scale(tick)} y={size - edge + 16} fill={ink.text} stroke="none" fontSize="11" textAnchor="middle">{tick}</text>
          <text x={edge - 6} y={up(tick) + 4} fill={ink.text} stroke="none" fontSize="11" textAnchor="end">{tick}</text>
        </g>
      ))}
      <line x1={edge} y1={size - edge} x2={size - 10} y2={10} stroke={ink.line} strokeDasharray="4 3" />
      {points.map((p) => <circle key={p.id} cx={scale(p.x)} cy={up(p.y)} r="4" fill={standings[scheme].exceeded} fillOpacity="0.7" />)}
      <text x={size / 2} y={size - 4} fill={ink.text} fontSize="12" textAnchor="middle">{say('before')}</text>
      <text x={-size / 2} y={12} fill={ink.text} fontSize="12" textAnchor="middle" transform="rotate(-90)">{say('after')}</text>
    </svg>
  )
}
