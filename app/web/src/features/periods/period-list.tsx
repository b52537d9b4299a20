import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type Column, DataTable } from '@/components/data-table'
import { Page } from '@/components/page'
import { Empty, ProblemText } from '@/components/states'
import { type Schema, api, once, queries, usePaged } from '@/lib/api'
import { day, instant, period as periodName } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

type Period = Schema<'Period'>

/** The month after a code: `2026-12` → `2027-01`. */
export function monthAfter(code: string): string {
  const [year = 0, month = 0] = code.split('-').map(Number)
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}

const thisMonth = (): string => new Date().toISOString().slice(0, 7)

/** Every period with its stage; the next one is started here. */
export function PeriodsPage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const list = usePaged(['periods', 'list'], async (cursor) => (await api.GET('/periods', { params: { query: { cursor } } })).data as Schema<'PeriodPage'>)
  const next = list.rows && (list.rows[0] ? monthAfter(list.rows[0].code) : thisMonth())
  const columns: Column<Period>[] = [
    { key: 'code', title: say('code'), render: (_, p) => <Link to={`/periods/${p.code}?period=${p.code}`}>{periodName(p.code, language)}</Link> },
    { key: 'days', title: say('days'), render: (_, p) => `${day(p.first_day, language)} – ${day(p.last_day, language)}` },
    { key: 'state', title: say('state'), render: (_, p) => <Tag>{say(p.state)}</Tag> },
    { key: 'published', title: say('publishedAt'), render: (_, p) => instant(p.published_at, language) },
  ]
  return (
    <Page title={say('title')} lead={say('lead')} actions={can('period.manage') && next && <StartButton code={next} />}>
      <DataTable label={say('title')} columns={columns} list={list} rowKey={(p) => p.code}
        empty={<Empty title={say('none')} action={<Link to="/imports">{say('imports')}</Link>}>{say('noneHow')}</Empty>} />
    </Page>
  )
}

function StartButton({ code }: { code: string }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [busy, work] = useState(false)
  const start = async () => {
    work(true)
    try {
      await api.POST('/periods', { params: { header: once() }, body: { code } })
      await queries.invalidateQueries({ queryKey: ['periods'] })
      message.success(say('started', { period: periodName(code, language) }))
      await navigate(`/periods/${code}?period=${code}`)
    } catch (error) {
      message.error({ content: <ProblemText error={error} />, duration: 8 })
    } finally {
      work(false)
    }
  }
  return <Button type="primary" loading={busy} onClick={() => void start()}>{say('start', { period: periodName(code, language) })}</Button>
}
