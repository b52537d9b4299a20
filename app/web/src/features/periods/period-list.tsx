import { Tag } from 'antd'
import { Link } from 'react-router'
import { type Column, DataTable } from '@/components/data-table'
import { Page } from '@/components/page'
import { Empty } from '@/components/states'
import { type Schema, api, usePaged } from '@/lib/api'
import { day, instant, period as periodName } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { StartButton } from './start'
import { texts } from './texts'

type Period = Schema<'Period'>

/** Every period with its stage; the next one is started here. */
export function PeriodsPage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const list = usePaged(['periods', 'list'], async (cursor) => (await api.GET('/periods', { params: { query: { cursor } } })).data as Schema<'PeriodPage'>)
  const columns: Column<Period>[] = [
    { key: 'code', title: say('code'), render: (_, p) => <Link to={`/periods/${p.code}?period=${p.code}`}>{periodName(p.code, language)}</Link> },
    { key: 'days', title: say('days'), render: (_, p) => `${day(p.first_day, language)} – ${day(p.last_day, language)}` },
    { key: 'min_days', title: say('minDays'), numeric: true, dataIndex: 'min_days' },
    { key: 'state', title: say('state'), render: (_, p) => <Tag>{say(p.state)}</Tag> },
    { key: 'published', title: say('publishedAt'), render: (_, p) => instant(p.published_at, language) },
  ]
  return (
    <Page title={say('title')} lead={say('lead')} actions={can('period.manage') && list.rows && <StartButton latest={list.rows[0]} />}>
      <DataTable label={say('title')} columns={columns} list={list} rowKey={(p) => p.code}
        empty={<Empty title={say('none')} action={<Link to="/imports">{say('imports')}</Link>}>{say('noneHow')}</Empty>} />
    </Page>
  )
}
