import { Button, Modal } from 'antd'
import { useTexts } from '@/lib/text'
import { SignInForm } from './sign-in-form'
import { shellTexts } from './texts'

/** Over the page of a session that has ended. */
export function ReloginDialog({ username, onDone }: { username: string; onDone: () => void }) {
  const say = useTexts(shellTexts)
  return (
    <Modal open title={say('ended')} footer={null} closable={false} keyboard={false} mask={{ closable: false }}>
      <p className="field">{say('endedHow')}</p>
      <SignInForm username={username} onDone={onDone} />
      <p className="field"><Button type="link" onClick={() => window.location.assign('/sign-in')}>{say('other')}</Button></p>
    </Modal>
  )
}
