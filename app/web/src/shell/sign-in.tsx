import { Alert, Button, Form, Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { ProblemText } from '@/components/states'
import { api, queries } from '@/lib/api'
import { currentLanguage, setLanguage, useTexts } from '@/lib/text'
import { shellTexts } from './texts'
import { DemoAccounts } from './demo-accounts'

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
        <div ref={alert} tabIndex={-1}>
          <Alert type="error" showIcon title={<ProblemText error={error} />} />
        </div>
      )}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(c) => void submit(c)} initialValues={{ username }}>
        <Form.Item name="username" label={say('username')} rules={[{ required: true }]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} readOnly={username !== undefined} autoFocus={username === undefined} size="large" />
        </Form.Item>
        <Form.Item name="password" label={say('password')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" autoFocus={username !== undefined} size="large" visibilityToggle={false} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} block size="large">{say('signIn')}</Button>
      </Form>
    </>
  )
}

/** The way in. Afterwards it leads to where one was going. */
export function SignInPage() {
  const say = useTexts(shellTexts)
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const next = params.get('next')
  const enter = async () => {
    await queries.resetQueries()
    await navigate(next?.startsWith('/') && !next.startsWith('//') ? next : '/home', { replace: true })
  }
  useEffect(() => {
    document.title = `${say('signIn')} · Steelyard`
  }, [say])
  return (
    <main className="sign-in" id="content">
      <div className="sign-in-card">
        <div className="sign-in-head">
          <h1>Steelyard</h1>
          <Button type="text" lang={currentLanguage() === 'zh' ? 'en' : 'zh-CN'} aria-label={say('languageLabel')}
            onClick={() => setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh')}>{say('language')}</Button>
        </div>
        <p className="muted">{say('signInLead')}</p>
        <SignInForm onDone={enter} />
        <p className="muted">{say('forgotten')}</p>
      </div>
      <DemoAccounts onDone={enter} />
    </main>
  )
}
