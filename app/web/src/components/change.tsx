import type { Schema } from '@/lib/api'
import { score, signed } from '@/lib/format'
import { defineTexts, useTexts } from '@/lib/text'

const texts = defineTexts('change', {
  rose: { zh: '▲ 较上月 {change}', en: '▲ {change} on the month before' },
  fell: { zh: '▼ 较上月 {change}', en: '▼ {change} on the month before' },
  same: { zh: '与上月持平', en: 'As the month before' },
  was: { zh: '上月 {before}', en: '{before} the month before' },
  none: { zh: '上月没有结果', en: 'No result the month before' },
})

/** Against the month before: a shape, a sign and a word, no colour, because red is up on this market. */
export function Change({ of: { before, change } }: { of: Schema<'MemberResult'> }) {
  const say = useTexts(texts)
  if (before === undefined || change === undefined) return <>{say('none')}</>
  const way = change.startsWith('-') ? 'fell' : /[1-9]/.test(change) ? 'rose' : 'same'
  return <span title={say('was', { before: score(before) })}>{say(way, { change: signed(change) })}</span>
}
