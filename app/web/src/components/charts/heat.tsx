import { useTexts } from '@/lib/text'
import { type Scheme, heat, useScheme } from '@/lib/theme'
import './charts.css'
import { chartTexts } from './texts'

/** Where the steps of the heat map begin, after the first; of scores on the scale of 100. */
export const heatSteps = [60, 75, 85, 95] as const

/** Which of the five steps a score stands on, from 0. */
export const heatStep = (value: number): number => heatSteps.filter((from) => value >= from).length

/** What a cell of a heat map is filled with, and the ink that reads on it; undefined where there is no figure. */
export function heatColours(scheme: Scheme, value: number | undefined): { fill: string; text: string } | undefined {
  return value === undefined ? undefined : heat[scheme][heatStep(value)]
}

/** What the colours of a heat map mean, in words. */
export function HeatKey() {
  const say = useTexts(chartTexts)
  const scheme = useScheme()
  const words = heat[scheme].map((_, i) => {
    const from = heatSteps[i - 1]
    const to = heatSteps[i]
    if (from === undefined) return say('below', { to: String(to) })
    return to === undefined ? say('above', { from: String(from) }) : say('between', { from: String(from), to: String(to) })
  })
  return (
    <ul className="heat-key">
      {heat[scheme].map(({ fill, text }, i) => (
        <li key={fill} className="heat-key-step" style={{ background: fill, color: text }}>{words[i]}</li>
      ))}
      <li className="heat-key-step heat-missing">{say('noFigure')}</li>
    </ul>
  )
}
