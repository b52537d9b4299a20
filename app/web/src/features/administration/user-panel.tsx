import { useQuery } from '@tanstack/react-query'
import { App, Button, Form, Input, Space, Tag } from 'antd'
import { useState } from 'react'
import { PersonName } from '@/components/content'
import { FormDialog } from '@/components/form-dialog'
import { SidePanel } from '@/components/side-panel'
import { Loaded, ProblemText } from '@/components/states'
import { type Schema, api, queries } from '@/lib/api'
import { instant } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { GrantLines } from './grant-lines'
import { texts } from './texts'

type User = Schema<'User'>

/** One user: their state, their grants, and what may be done about them. */
export function UserPanel({ username, onClose, onSecret }: { username: string | undefined; onClose: () => void; onSecret: (invitation: Schema<'Invitation'>) => void }) {
  const query = useQuery({
    queryKey: ['users', 'one', username],
    enabled: username !== undefined,
    queryFn: async () => (await api.GET('/users/{username}', { params: { path: { username: username ?? '' } } })).data as User,
  })
  return (
    <SidePanel open={username !== undefined} title={<>{query.data && <PersonName person={query.data} />} {username}</>} onClose={onClose}>
      {username !== undefined && <Loaded query={query}>{(user) => <Facts user={user} onSecret={onSecret} />}</Loaded>}
    </SidePanel>
  )
}

function Facts({ user, onSecret }: { user: User; onSecret: (invitation: Schema<'Invitation'>) => void }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  return (
    <div className="page">
      <dl className="facts">
        <dt>{say('username')}</dt><dd>{user.username}</dd>
        <dt>{say('staff_no')}</dt><dd>{user.staff_no ?? '—'}</dd>
        <dt>{say('email')}</dt><dd>{user.email || '—'}</dd>
        <dt>{say('state')}</dt><dd><Tag color={user.state === 'active' ? 'success' : undefined}>{say(user.state)}</Tag></dd>
        <dt>{say('created_at')}</dt><dd>{instant(user.created_at, language)}</dd>
      </dl>
      {can('user.manage') && <Actions user={user} onSecret={onSecret} />}
      {can('grant.read') && <section aria-label={say('grantsOf')}><h3>{say('grantsOf')}</h3><GrantLines username={user.username} /></section>}
    </div>
  )
}

function Actions({ user, onSecret }: { user: User; onSecret: (invitation: Schema<'Invitation'>) => void }) {
  const say = useTexts(texts)
  const { message } = App.useApp()
  const [asking, ask] = useState<'reset' | 'email'>()
  const [form] = Form.useForm<{ email?: string }>()
  const path = { username: user.username }
  const changed = () => queries.invalidateQueries({ queryKey: ['users'] })
  const change = async (values: { email?: string; state?: 'active' | 'disabled' }) => {
    await api.PATCH('/users/{username}', { params: { path }, body: { version: user.version, ...values } })
    await changed()
  }
  const toggle = async () => {
    try {
      await change({ state: user.state === 'active' ? 'disabled' : 'active' })
      message.success(say('saved'))
    } catch (error) {
      message.error({ content: <ProblemText error={error} />, duration: 8 })
    }
  }
  const reset = async () => {
    const made = await api.POST('/users/{username}/reset', { params: { path } })
    if (made.data) onSecret(made.data)
    await changed()
  }
  return (
    <Space wrap>
      <Button onClick={() => ask('email')}>{`${say('edit')} ${say('email')}`}</Button>
      <Button onClick={() => void toggle()} danger={user.state === 'active'}>{say(user.state === 'active' ? 'disable' : 'enable')}</Button>
      <Button onClick={() => ask('reset')}>{say('reset')}</Button>
      <FormDialog open={asking === 'email'} title={`${say('edit')} ${say('email')}`} action={say('save')} form={form} initial={{ email: user.email }} onSave={change} onClose={() => ask(undefined)}>
        <Form.Item name="email" label={say('email')} rules={[{ type: 'email' }]}><Input maxLength={254} autoComplete="off" /></Form.Item>
      </FormDialog>
      <FormDialog open={asking === 'reset'} title={say('reset')} action={say('reset')} danger form={form} onSave={reset} onClose={() => ask(undefined)}>
        <p>{say('resetEffects', { username: user.username })}</p>
      </FormDialog>
    </Space>
  )
}
