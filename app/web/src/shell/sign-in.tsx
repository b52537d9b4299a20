import { useEffect } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { queries } from '@/lib/api'
import { useTexts } from '@/lib/text'
import { DemoAccounts } from './demo-accounts'
import { Entrance } from './entrance'
import { SignInForm } from './sign-in-form'
import { shellTexts } from './texts'

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
  const title = say('signIn')
  useEffect(() => {
    document.title = `${title} · Steelyard`
  }, [title])
  return (
    <Entrance title={title} lead={say('signInLead')} beside={<DemoAccounts onDone={enter} />}>
      <SignInForm onDone={enter} />
      <p className="muted">{say('forgotten')}</p>
    </Entrance>
  )
}
