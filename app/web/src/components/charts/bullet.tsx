import { useId } from 'react'
import { inks, perspectives, useScheme } from '@/lib/theme'
import { Patterns, fillOf } from './patterns'
import './charts.css'

interface Props {
  /** What it shows, in words: the figures and how they stand. */
  label: string
  /** On one scale all of them; for drawing alone. */
  value: number | undefined
  target: number
  floor?: number
  cap?: number
  /** Which perspective's colour. */
  colour?: number
  width?: number
}

/** What was reached against what was asked for: a bar, the target as a thick line, floor and cap as ticks. */
export function Bullet({ label, value, target, floor, cap, colour = 0, width = 150 }: Props) {
  const id = useId()
  const scheme = useScheme()
  const ink = inks[scheme]
  const colours = perspectives[scheme]
  const most = Math.max(target * 1.2, cap ?? 0, Math.min(value ?? 0, target * 2)) || 1
  const x = (at: number) => Math.max(0, Math.min(width - 2, ((width - 2) * at) / most))
  const tick = (at: number | undefined) => at !== undefined && at > 0 && at !== target && (
    <path d={`M${x(at) - 3} 0H${x(at) + 3}L${x(at)} 4ZM${x(at)} 4V18`} fill={ink.lost} stroke={ink.lost} />
  )
  return (
    <svg role="img" aria-label={label} width={width} height="20" className="bullet">
      <Patterns id={id} colours={colours} ground={ink.ground} lost={ink.lost} />
      <rect y="4" width={width - 2} height="12" fill={ink.grid} fillOpacity="0.55" />
      {value !== undefined && value > 0 && <rect y="6.5" width={x(value)} height="7" fill={fillOf(id, colour, colours.length)} />}
      {tick(floor)}
      {tick(cap)}
      <rect x={x(target) - 1.5} y="1.5" width="3" height="17" fill={ink.line} stroke={ink.ground} strokeWidth="0.6" />
    </svg>
  )
}
