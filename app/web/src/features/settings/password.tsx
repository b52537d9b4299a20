import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { settingsTexts } from './texts'
import { Section } from '@/components/page'
import { ProblemText } from '@/components/states'
import { api, queries } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'

interface Passwords {
  current: string
  next: string
  again: string
}

/** The least characters of a password; the server decides on all of it. */
const least = 15

/** Changes the password. */
export function PasswordSection() {
  const say = useTexts(settingsTexts)
  const { me } = useSession()
  const [form] = Form.useForm<Passwords>()
  const [busy, work] = useState(false)
  const [done, finish] = useState(false)
  const [error, fail] = useState<unknown>()
  const submit = async ({ current, next }: Passwords) => {
    work(true)
    fail(undefined)
    finish(false)
    try {
      await api.PUT('/me/password', { body: { current, new: next } })
      form.resetFields()
      finish(true)
      await queries.invalidateQueries({ queryKey: ['me', 'sessions'] })
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  const longEnough = (_rule: unknown, value: string | undefined) => {
    const length = Array.from(value ?? '').length
    return length === 0 || length >= least ? Promise.resolve() : Promise.reject(new Error(say('short', { n: least - length })))
  }
  return (
    <Section title={say('password')}>
      <p className="muted">{say('passwordWhat')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)} onFinishFailed={({ errorFields }) => form.focusField(errorFields[0]?.name[0] as 'current')}>
        <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
        <Form.Item name="current" label={say('current')} rules={[{ required: true, message: say('needed') }]}>
          <Input.Password autoComplete="current-password" visibilityToggle={false} />
        </Form.Item>
        <Form.Item name="next" label={say('next')} validateTrigger="onBlur" rules={[{ required: true, message: say('needed') }, { validator: longEnough }]}>
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
        <Form.Item name="again" label={say('again')} dependencies={['next']} validateTrigger="onBlur" rules={[
          { required: true, message: say('needed') },
          { validator: (_rule, value) => (!value || value === form.getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(say('differ')))) },
        ]}>
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
        {error !== undefined && <Alert className="settings-alert" type="error" showIcon title={<ProblemText error={error} />} />}
        <div role="status">{done && <Alert className="settings-alert" type="success" showIcon title={say('changed')} />}</div>
        <Button type="primary" htmlType="submit" loading={busy}>{say('change')}</Button>
      </Form>
    </Section>
  )
}
