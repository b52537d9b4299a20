import { Alert, Button, Form, Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { ProblemText } from '@/components/states'
import { api } from '@/lib/api'
import { useTexts } from '@/lib/text'
import { shellTexts } from './texts'

interface Credentials {
  username: string
  password: string
}

/** Signs in with a username and a password; whoever is behind it is told by `onDone`. */
export function SignInForm({ username, onDone }: { username?: string; onDone: () => void | Promise<void> }) {
  const say = useTexts(shellTexts)
  const [form] = Form.useForm<Credentials>()
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const alert = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error !== undefined) alert.current?.focus()
  }, [error])
  const submit = async (credentials: Credentials) => {
    work(true)
    fail(undefined)
    try {
      await api.POST('/sign-in', { body: credentials })
      await onDone()
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  return (
    <>
      {error !== undefined && (
        <div ref={alert} tabIndex={-1} className="focus-quiet">
          <Alert type="error" showIcon title={<ProblemText error={error} />} />
        </div>
      )}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(c) => void submit(c)} initialValues={{ username }}>
        <Form.Item name="username" label={say('username')} rules={[{ required: true, message: say('usernameMissing') }]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} readOnly={username !== undefined} autoFocus={username === undefined} size="large" />
        </Form.Item>
        <Form.Item name="password" label={say('password')} rules={[{ required: true, message: say('passwordMissing') }]}>
          <Input.Password autoComplete="current-password" autoFocus={username !== undefined} size="large" visibilityToggle={false} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} block size="large">{say('signIn')}</Button>
      </Form>
    </>
  )
}
