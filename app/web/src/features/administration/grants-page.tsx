import { Button, DatePicker, Form, Input, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { type Column, DataTable } from '@/components/data-table'
import { ExportView } from '@/components/export-view'
import { FilterBar, SearchFilter } from '@/components/filter-bar'
import { FormDialog } from '@/components/form-dialog'
import { Page } from '@/components/page'
import { SavedViews } from '@/components/saved-views'
import { Empty, NoMatch } from '@/components/states'
import { type Schema, api, once, queries, usePaged } from '@/lib/api'
import { day } from '@/lib/format'
import { useSession } from '@/lib/session'
import { content, useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { RoleChoice, UnitChoice, UserChoice } from './choices'
import { stateOf, today } from './grant-state'
import { texts } from './texts'
import { useRoles } from './words'

type Grant = Schema<'Grant'>

const filters = ['user', 'role', 'unit', 'on'] as const

/** Who holds which role where. */
export function GrantsPage() {
  const say = useTexts(texts)
  const { can } = useSession()
  const [params, change] = useAddress()
  const [revoking, revoke] = useState<Grant>()
  const query = Object.fromEntries([...filters, 'sort'].map((name) => [name, params.get(name) ?? undefined])) as Record<(typeof filters)[number] | 'sort', string | undefined>
  const list = usePaged<Grant>(['grants', query], async (cursor) => (await api.GET('/grants', { params: { query: { ...query, cursor, limit: 100 } } })).data as Schema<'GrantPage'>)
  const columns = useColumns(can('grant.manage') ? revoke : undefined)
  const clear = () => change(Object.fromEntries(filters.map((name) => [name, undefined])))
  return (
    <Page title={say('grants')} lead={say('grantsLead')}
      actions={<>
        <SavedViews page="grants" />
        <ExportView list="grants" query={query} total={list.total} columns={columns.filter((c) => c.key !== 'act' && c.key !== 'state').map((c) => ({ name: c.key, title: String(c.title) }))} />
        {can('grant.manage') && <NewGrant />}
      </>}>
      <FilterBar names={filters}>
        <SearchFilter name="user" label={say('username')} />
        <label className="filter">
          <span>{say('role')}</span>
          <RoleChoice aria-label={say('role')} allowClear placeholder={say('any')} value={query.role} onChange={(role) => change({ role })} className="filter-choice" />
        </label>
        <label className="filter">
          <span>{say('unit')}</span>
          <UnitChoice aria-label={say('unit')} allowClear placeholder={say('any')} value={query.unit} onChange={(unit) => change({ unit })} className="filter-choice" />
        </label>
        <label className="filter">
          <span>{say('on')}</span>
          <DatePicker aria-label={say('on')} value={query.on ? dayjs(query.on) : null} onChange={(on: Dayjs | null) => change({ on: on?.format('YYYY-MM-DD') })} />
        </label>
      </FilterBar>
      <DataTable label={say('grants')} columns={columns} list={list} rowKey={(g) => String(g.id)}
        empty={filters.some((f) => params.has(f)) ? <NoMatch onClear={clear} /> : <Empty title={say('noGrants')} />} />
      <Revocation grant={revoking} onClose={() => revoke(undefined)} />
    </Page>
  )
}

function useColumns(onRevoke: ((grant: Grant) => void) | undefined): Column<Grant>[] {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const { data: roles } = useRoles(can('policy.read'))
  const columns: Column<Grant>[] = [
    { key: 'username', title: say('username'), dataIndex: 'username', fixed: 'left' },
    { key: 'role', title: say('role'), className: 'capital', render: (_, g) => content(roles?.find((r) => r.code === g.role)?.name) || g.role },
    { key: 'unit_name', title: say('unit'), render: (_, g) => g.unit_name ?? g.unit },
    { key: 'from', title: say('from'), sort: 'from', render: (_, g) => day(g.from, language) },
    { key: 'until', title: say('until'), render: (_, g) => (g.until ? day(g.until, language) : say('noEnd')) },
    { key: 'state', title: say('state'), render: (_, g) => <Tag color={stateOf(g, today()) === 'inForce' ? 'success' : undefined}>{say(stateOf(g, today()))}</Tag> },
    { key: 'granted_by', title: say('grantedBy'), dataIndex: 'granted_by' },
    { key: 'reason', title: say('reason'), dataIndex: 'reason', className: 'wrap' },
  ]
  if (!onRevoke) return columns
  return [...columns, {
    key: 'act', title: '',
    render: (_, g) => stateOf(g, today()) !== 'revoked' && (
      <Button size="small" aria-label={say('revokeOf', { username: g.username, role: g.role })} onClick={() => onRevoke(g)}>{say('revoke')}</Button>
    ),
  }]
}

function Revocation({ grant, onClose }: { grant: Grant | undefined; onClose: () => void }) {
  const say = useTexts(texts)
  const [form] = Form.useForm<{ reason: string }>()
  const save = async ({ reason }: { reason: string }) => {
    if (!grant) return
    await api.POST('/grants/{id}/revoke', { params: { path: { id: grant.id } }, body: { version: grant.version, reason } })
    await queries.invalidateQueries({ queryKey: ['grants'] })
  }
  return (
    <FormDialog open={grant !== undefined} title={grant ? say('revokeOf', { username: grant.username, role: grant.role }) : ''} action={say('revoke')} danger form={form} onSave={save} onClose={onClose}>
      <Form.Item name="reason" label={say('reasonLong')} rules={[{ required: true, min: 8, message: say('tooShort') }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
    </FormDialog>
  )
}

interface GrantForm {
  username: string
  role: string
  unit: string
  from: Dayjs
  until?: Dayjs
  reason?: string
}

function NewGrant() {
  const say = useTexts(texts)
  const [open, show] = useState(false)
  const [form] = Form.useForm<GrantForm>()
  const save = async ({ from, until, ...rest }: GrantForm) => {
    await api.POST('/grants', { params: { header: once() }, body: { ...rest, from: from.format('YYYY-MM-DD'), until: until?.format('YYYY-MM-DD') } })
    await queries.invalidateQueries({ queryKey: ['grants'] })
  }
  return (
    <>
      <Button type="primary" onClick={() => show(true)}>{say('grant')}</Button>
      <FormDialog open={open} title={say('grant')} action={say('grant')} form={form} initial={{ from: dayjs() }} onSave={save} onClose={() => show(false)}>
        <Form.Item name="username" label={say('user')} rules={[{ required: true }]}><UserChoice /></Form.Item>
        <Form.Item name="role" label={say('role')} rules={[{ required: true }]}><RoleChoice /></Form.Item>
        <Form.Item name="unit" label={say('unit')} rules={[{ required: true }]}><UnitChoice /></Form.Item>
        <Form.Item name="from" label={say('from')} rules={[{ required: true }]}><DatePicker /></Form.Item>
        <Form.Item name="until" label={say('until')}><DatePicker /></Form.Item>
        <Form.Item name="reason" label={say('reason')}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      </FormDialog>
    </>
  )
}
