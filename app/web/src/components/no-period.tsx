import { LinkButton } from './link-button'
import { Page } from './page'
import { Empty, Loaded, Loading } from './states'
import { usePeriods } from '@/lib/context'
import { useSession } from '@/lib/session'
import { defineTexts, useTexts } from '@/lib/text'

const texts = defineTexts('no-period', {
  none: { zh: '还没有考核期', en: 'There is no period yet' },
  how: { zh: '总行人力资源部开启第一个考核期后，这里会有内容。', en: 'There is something here once head office has started the first month.' },
  start: { zh: '去开启考核期', en: 'Start a period' },
})

/** A page about a month, while it is not known which; and where there is none. */
export function NoPeriod({ title }: { title: string }) {
  const say = useTexts(texts)
  const { can } = useSession()
  const periods = usePeriods()
  return (
    <Page title={title}>
      <Loaded query={periods}>
        {(list) => list.length > 0 ? <Loading /> : <Empty title={say('none')} action={can('period.manage') && <LinkButton type="primary" to="/periods">{say('start')}</LinkButton>}>{say('how')}</Empty>}
      </Loaded>
    </Page>
  )
}
