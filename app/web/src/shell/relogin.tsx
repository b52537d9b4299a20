import { Button, Modal } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { onSessionEnd, queries } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { SignInForm } from './sign-in'
import { shellTexts } from './texts'

/**
 * When the session ends the page stays: a dialog over it signs the same user in
 * again, and whatever was asked meanwhile is then sent once more.
 */
export function Relogin() {
  const say = useTexts(shellTexts)
  const { me } = useSession()
  const [open, show] = useState(false)
  const waiting = useRef<(() => void)[]>([])
  useEffect(() => {
    onSessionEnd(() => {
      show(true)
      return new Promise((resolve) => waiting.current.push(resolve))
    })
    return () => onSessionEnd(undefined)
  }, [])
  const done = useCallback(() => {
    show(false)
    for (const go of waiting.current.splice(0)) go()
    void queries.invalidateQueries()
  }, [])
  return (
    <Modal open={open} title={say('ended')} footer={null} closable={false} keyboard={false} mask={{ closable: false }} destroyOnHidden>
      <p>{say('endedHow')}</p>
      <SignInForm username={me.username} onDone={done} />
      <Button type="link" onClick={() => window.location.assign('/sign-in')}>{say('other')}</Button>
    </Modal>
  )
}
