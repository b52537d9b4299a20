import { type Standing, shapes, standings, useScheme } from '@/lib/theme'
import { defineTexts, useTexts } from '@/lib/text'

const texts = defineTexts('standing', {
  exceeded: { zh: '超额', en: 'Exceeded' },
  met: { zh: '达标', en: 'Met' },
  watch: { zh: '关注', en: 'Watch' },
  missed: { zh: '未达标', en: 'Missed' },
  none: { zh: '无数据', en: 'No data' },
})

/** How a share of full marks (0 to 1 and above) stands. */
export function standingOf(share: number | undefined): Standing {
  if (share === undefined || Number.isNaN(share)) return 'none'
  if (share > 1) return 'exceeded'
  if (share >= 0.85) return 'met'
  return share >= 0.6 ? 'watch' : 'missed'
}

/** A standing as shape, fill and word. */
export function StandingMark({ standing, wordless }: { standing: Standing; wordless?: boolean }) {
  const say = useTexts(texts)
  const scheme = useScheme()
  return (
    <span className="standing">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" className="standing-shape">
        <text x="6" y="10.5" textAnchor="middle" fontSize="12" fill={standings[scheme][standing]} stroke="currentColor" strokeWidth="0.35">
          {shapes[standing]}
        </text>
      </svg>
      <span className={wordless ? 'sr-only' : undefined}>{say(standing)}</span>
    </span>
  )
}
