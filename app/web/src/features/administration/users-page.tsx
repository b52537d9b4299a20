import { Button, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { PersonName } from '@/components/content'
import { type Column, DataTable } from '@/components/data-table'
import { ExportView } from '@/components/export-view'
import { ChoiceFilter, FilterBar, SearchFilter } from '@/components/filter-bar'
import { FormDialog } from '@/components/form-dialog'
import { Page } from '@/components/page'
import { SavedViews } from '@/components/saved-views'
import { Empty, NoMatch } from '@/components/states'
import { type Schema, api, once, queries, usePaged } from '@/lib/api'
import { instant } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { Handover } from './handover'
import { texts } from './texts'
import { UserPanel } from './user-panel'

type User = Schema<'User'>
type Invitation = Schema<'Invitation'>

const filters = ['search', 'state'] as const

/** Who may sign in. */
export function UsersPage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const [params, change] = useAddress()
  const [secret, hand] = useState<Invitation>()
  const state = params.get('state')
  const query = {
    search: params.get('search') ?? undefined,
    state: state === 'active' || state === 'disabled' ? state : undefined,
    sort: params.get('sort') ?? undefined,
  } as const
  const list = usePaged<User>(['users', query], async (cursor) => (await api.GET('/users', { params: { query: { ...query, cursor, limit: 100 } } })).data as Schema<'UserPage'>)
  const open = (username: string) => {
    const next = new URLSearchParams(params)
    next.set('chosen', username)
    return `?${next.toString()}`
  }
  const columns: Column<User>[] = [
    { key: 'username', title: say('username'), sort: 'username', fixed: 'left', render: (_, u) => <Link to={open(u.username)} preventScrollReset>{u.username}</Link> },
    { key: 'name', title: say('name'), render: (_, u) => <PersonName person={u} /> },
    { key: 'email', title: say('email'), dataIndex: 'email' },
    { key: 'state', title: say('state'), render: (_, u) => <Tag color={u.state === 'active' ? 'success' : undefined}>{say(u.state)}</Tag> },
    { key: 'created_at', title: say('created_at'), sort: 'created_at', render: (_, u) => instant(u.created_at, language) },
  ]
  return (
    <Page title={say('users')} lead={say('usersLead')}
      actions={<>
        <SavedViews page="users" />
        <ExportView list="users" query={query} total={list.total} columns={columns.map((c) => ({ name: c.key, title: String(c.title) }))} />
        {can('user.manage') && <NewUser onMade={hand} />}
      </>}>
      <FilterBar names={filters}>
        <SearchFilter name="search" label={say('search')} placeholder={say('searchHint')} />
        <ChoiceFilter name="state" label={say('state')} options={[{ value: 'active', label: say('active') }, { value: 'disabled', label: say('disabled') }]} />
      </FilterBar>
      <DataTable label={say('users')} columns={columns} list={list} rowKey={(u) => u.username}
        empty={filters.some((f) => params.has(f)) ? <NoMatch onClear={() => change({ search: undefined, state: undefined })} /> : <Empty title={say('noUsers')} />} />
      <UserPanel username={params.get('chosen') ?? undefined} onClose={() => change({ chosen: undefined })} onSecret={hand} />
      <Handover invitation={secret} onClose={() => hand(undefined)} />
    </Page>
  )
}

interface NewUserForm {
  username: string
  staff_no?: string
  email?: string
}

function NewUser({ onMade }: { onMade: (invitation: Invitation | undefined) => void }) {
  const say = useTexts(texts)
  const [open, show] = useState(false)
  const [form] = Form.useForm<NewUserForm>()
  const make = async (values: NewUserForm) => {
    const made = await api.POST('/users', { params: { header: once() }, body: values })
    await queries.invalidateQueries({ queryKey: ['users'] })
    onMade(made.data?.invitation)
  }
  return (
    <>
      <Button type="primary" onClick={() => show(true)}>{say('newUser')}</Button>
      <FormDialog open={open} title={say('newUser')} action={say('create')} form={form} onSave={make} onClose={() => show(false)}>
        <Form.Item name="username" label={say('username')} rules={[{ required: true }]}><Input maxLength={64} autoComplete="off" /></Form.Item>
        <Form.Item name="staff_no" label={say('staff_no')}><Input maxLength={64} autoComplete="off" /></Form.Item>
        <Form.Item name="email" label={say('email')} rules={[{ type: 'email' }]}><Input maxLength={254} autoComplete="off" /></Form.Item>
      </FormDialog>
    </>
  )
}
