import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '@/lib/api'
import { content, useTexts } from '@/lib/text'
import { shellTexts } from './texts'

/** What runs here; a demo names its accounts. */
export const useAbout = () =>
  useQuery({ queryKey: ['about'], queryFn: async () => (await api.GET('/about')).data, staleTime: Infinity })

/** In a demo: a way in as each kind of user. */
export function DemoAccounts({ onDone }: { onDone: () => Promise<void> }) {
  const say = useTexts(shellTexts)
  const { data } = useAbout()
  if (!data?.demo || data.accounts.length === 0) return null
  const enter = async (username: string, password: string) => {
    await api.POST('/sign-in', { body: { username, password } })
    await onDone()
  }
  return (
    <section className="sign-in-card demo" aria-label={say('demoAccounts')}>
      <h2>{say('demoAccounts')}</h2>
      <p className="muted">{say('demo')}</p>
      <ul className="demo-accounts">
        {data.accounts.map((account) => (
          <li key={account.username}>
            <Button block aria-label={say('useAccount', { who: content(account.who) })} onClick={() => void enter(account.username, account.password)}>
              {content(account.who)}
            </Button>
            <span className="muted">{content(account.sees)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
