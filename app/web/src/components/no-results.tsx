import { LinkButton } from './link-button'
import { Empty } from './states'
import { usePeriods } from '@/lib/context'
import { period as periodName } from '@/lib/format'
import { defineTexts, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'

const texts = defineTexts('no-results', {
  none: { zh: '{period} 还没有可看的结果', en: 'There is no result of {period} to see yet' },
  how: { zh: '收集结束并计分后，结果会显示在这里。', en: 'The results stand here once the month has been calculated.' },
  latest: { zh: '查看 {period}', en: 'Open {period}' },
})

/** A month without results; it leads to the latest before it that has some. */
export function NoResults({ period }: { period: string }) {
  const say = useTexts(texts)
  const [params] = useAddress()
  const { data: periods } = usePeriods()
  const latest = periods?.find((one) => one.code < period && (one.state === 'published' || one.state === 'closed'))
  const to = new URLSearchParams(params)
  if (latest) to.set('period', latest.code)
  return (
    <Empty title={say('none', { period: periodName(period) })}
      action={latest && <LinkButton type="primary" to={`?${to.toString()}`}>{say('latest', { period: periodName(latest.code) })}</LinkButton>}>
      {say('how')}
    </Empty>
  )
}
