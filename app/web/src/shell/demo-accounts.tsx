import { Alert, Button } from 'antd'
import { useState } from 'react'
import { ProblemText } from '@/components/states'
import { api } from '@/lib/api'
import { content, useTexts } from '@/lib/text'
import { useAbout } from './about'
import { shellTexts } from './texts'

/** In a demo: a way in as each kind of user. */
export function DemoAccounts({ onDone }: { onDone: () => Promise<void> }) {
  const say = useTexts(shellTexts)
  const { data } = useAbout()
  const [entering, enterAs] = useState<string>()
  const [error, fail] = useState<unknown>()
  if (!data?.demo || data.accounts.length === 0) return null
  const enter = async (username: string, password: string) => {
    enterAs(username)
    fail(undefined)
    try {
      await api.POST('/sign-in', { body: { username, password } })
      await onDone()
    } catch (caught) {
      fail(caught)
      enterAs(undefined)
    }
  }
  return (
    <section className="sign-in-card demo" aria-label={say('demoAccounts')}>
      <h2>{say('demoAccounts')}</h2>
      <p className="muted">{say('demo')}</p>
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
      <ul className="demo-accounts">
        {data.accounts.map((account) => (
          <li key={account.username}>
            <Button block loading={entering === account.username} aria-label={say('useAccount', { who: content(account.who) })}
              onClick={() => void enter(account.username, account.password)}>
              {content(account.who)}
            </Button>
            <span className="muted">{content(account.sees)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
