import { Alert, Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { ProblemText } from '@/components/states'
import { api, isProblem } from '@/lib/api'
import { useTexts } from '@/lib/text'
import { Entrance } from './entrance'
import { shellTexts } from './texts'

interface Fields {
  secret: string
  username?: string
  password: string
  again: string
}

/** What stands behind # when the page opens; it is then taken out of the address and of the history. */
function useSecret(): string {
  const { hash } = useLocation()
  const navigate = useNavigate()
  const [secret] = useState(() => {
    try {
      return decodeURIComponent(hash.slice(1))
    } catch {
      return hash.slice(1)
    }
  })
  useEffect(() => {
    if (hash) void navigate('/password', { replace: true })
  }, [hash, navigate])
  return secret
}

/** Where the links of one-time secrets lead: the secret is not sent until its owner sets a password. */
export function PasswordPage() {
  const say = useTexts(shellTexts)
  const secret = useSecret()
  const [form] = Form.useForm<Fields>()
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const [named, name] = useState(false)
  const [done, finish] = useState<string>()
  const title = say('setPassword')
  useEffect(() => {
    document.title = `${title} · Steelyard`
  }, [title])
  const submit = async ({ secret, username, password }: Fields) => {
    work(true)
    fail(undefined)
    try {
      const { data } = await api.POST('/secrets/redeem', { body: { secret: secret.trim(), password, ...(username && { username: username.trim() }) } })
      finish(data?.username ?? '')
    } catch (caught) {
      if (isProblem(caught, 'auth.username_needed')) name(true)
      fail(caught)
    } finally {
      work(false)
    }
  }
  if (done !== undefined) {
    return (
      <Entrance title={title} lead={<span role="status">{say('passwordSet', { username: done })}</span>}>
        <p><Link to="/sign-in">{say('signIn')}</Link></p>
      </Entrance>
    )
  }
  return (
    <Entrance title={title} lead={say('passwordHow')}>
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ secret }} onFinish={(fields) => void submit(fields)} scrollToFirstError={{ focus: true }}>
        <Form.Item name="secret" label={say('secret')} rules={[{ required: true, message: say('secretMissing') }]}>
          <Input autoComplete="off" spellCheck={false} maxLength={200} size="large" />
        </Form.Item>
        {named && (
          <Form.Item name="username" label={say('username')} rules={[{ required: true, message: say('usernameMissing') }]}>
            <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} size="large" />
          </Form.Item>
        )}
        <Form.Item name="password" label={say('newPassword')} rules={[{ required: true, message: say('passwordMissing') }, { min: 15, message: say('passwordShort') }]}>
          <Input.Password autoComplete="new-password" maxLength={512} size="large" visibilityToggle={false} />
        </Form.Item>
        <Form.Item name="again" label={say('passwordAgain')} dependencies={['password']}
          rules={[{ required: true, message: say('passwordMissing') }, ({ getFieldValue }) => ({
            validator: (_, value) => (!value || value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(say('passwordsDiffer')))),
          })]}>
          <Input.Password autoComplete="new-password" maxLength={512} size="large" visibilityToggle={false} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} block size="large">{say('setPassword')}</Button>
      </Form>
    </Entrance>
  )
}
