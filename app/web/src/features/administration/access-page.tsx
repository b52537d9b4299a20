import { useQuery } from '@tanstack/react-query'
import { Alert, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { PersonName } from '@/components/content'
import { type Column, DataTable } from '@/components/data-table'
import { Page, Section } from '@/components/page'
import { Loaded } from '@/components/states'
import { type Schema, api, usePaged } from '@/lib/api'
import { day } from '@/lib/format'
import { useSession } from '@/lib/session'
import { content, useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { PermissionChoice, UnitChoice, UserChoice } from './choices'
import { texts } from './texts'
import { useRoles } from './words'

type Decision = Schema<'Decision'>
type Holder = Schema<'Holder'>

/** Who may do this, and why; every question stands in the address. */
export function AccessPage() {
  const say = useTexts(texts)
  const { can } = useSession()
  const [params, change] = useAddress()
  const asked = (name: string) => params.get(name) ?? undefined
  const permission = asked('permission')
  const unit = asked('unit')
  const on = asked('on')
  return (
    <Page title={say('access')} lead={say('accessLead')}>
      <div className="filter-bar" role="search" aria-label={say('access')}>
        <label className="filter">
          <span>{say('permission')}</span>
          <PermissionChoice aria-label={say('permission')} value={permission} onChange={(value) => change({ permission: value })} className="permission-choice" />
        </label>
        <label className="filter">
          <span>{say('unit')}</span>
          <UnitChoice aria-label={say('unit')} allowClear placeholder={say('whole')} value={unit} onChange={(value) => change({ unit: value })} className="filter-choice" />
        </label>
        <label className="filter">
          <span>{say('day')}</span>
          <DatePicker aria-label={say('day')} value={on ? dayjs(on) : null} onChange={(value) => change({ on: value?.format('YYYY-MM-DD') })} />
        </label>
        {can('access.explain') && (
          <label className="filter">
            <span>{say('user')}</span>
            <UserChoice aria-label={say('user')} allowClear placeholder={say('me')} value={asked('user')} onChange={(value) => change({ user: value })} className="filter-choice" />
          </label>
        )}
        <label className="filter">
          <span>{say('staff')}</span>
          <Input allowClear defaultValue={asked('staff')} onPressEnter={(event) => change({ staff: event.currentTarget.value.trim() })} onBlur={(event) => change({ staff: event.currentTarget.value.trim() })} />
        </label>
      </div>
      {permission && <Answer question={{ permission, unit, on, user: asked('user'), staff: asked('staff') }} />}
      {permission && can('access.explain') && <Holders permission={permission} unit={unit} on={on} />}
    </Page>
  )
}

function Answer({ question }: { question: { permission: string; unit?: string; on?: string; user?: string; staff?: string } }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const query = useQuery({
    queryKey: ['access', 'decision', question, language],
    queryFn: async () => (await api.GET('/access/decision', { params: { query: question } })).data as Decision,
  })
  return (
    <Section title={say('ask')}>
      <Loaded query={query} rows={3}>
        {(decision) => (
          <>
            <Alert type={decision.allowed ? 'success' : 'warning'} showIcon title={say(decision.allowed ? 'yes' : 'no', { user: decision.user })} />
            <ol className="reasons">{decision.explanation.map((line, i) => <li key={i}>{line}</li>)}</ol>
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Holders({ permission, unit, on }: { permission: string; unit: string | undefined; on: string | undefined }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const { data: roles } = useRoles(can('policy.read'))
  const list = usePaged<Holder>(['access', 'holders', permission, unit, on], async (cursor) =>
    (await api.GET('/access/holders', { params: { query: { permission, unit, on, cursor, limit: 100 } } })).data as Schema<'HolderPage'>)
  const columns: Column<Holder>[] = [
    { key: 'username', title: say('username'), dataIndex: 'username' },
    { key: 'name', title: say('name'), render: (_, h) => <PersonName person={h} /> },
    { key: 'role', title: say('role'), className: 'capital', render: (_, h) => content(roles?.find((r) => r.code === h.role)?.name) || h.role },
    { key: 'unit', title: say('unit'), dataIndex: 'unit' },
    { key: 'from', title: say('from'), render: (_, h) => day(h.from, language) },
    { key: 'until', title: say('until'), render: (_, h) => (h.until ? day(h.until, language) : say('noEnd')) },
  ]
  return (
    <Section title={say('holders')}>
      <DataTable label={say('holders')} columns={columns} list={list} rowKey={(h) => `${h.username}|${h.role}|${h.unit}|${h.from}`} empty={<p>{say('noHolders')}</p>} />
    </Section>
  )
}
