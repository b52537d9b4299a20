import { Button, Modal } from 'antd'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useTexts } from '@/lib/text'
import { pageTexts } from './page.texts'

/** Asks before unsaved changes are left behind. */
export function LeaveGuard({ dirty, save, drop }: { dirty: boolean; save: () => Promise<boolean>; drop: () => void }) {
  const say = useTexts(pageTexts)
  // The simulation reads the unsaved changes, and the way back brings them up again.
  const blocker = useBlocker(({ currentLocation, nextLocation }) =>
    dirty && currentLocation.pathname !== nextLocation.pathname && !nextLocation.pathname.endsWith('/simulation'))
  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty])
  const stay = () => blocker.reset?.()
  return (
    <Modal open={blocker.state === 'blocked'} title={say('leave')} onCancel={stay} footer={[
      <Button key="stay" onClick={stay}>{say('stay')}</Button>,
      <Button key="drop" danger onClick={() => { drop(); blocker.proceed?.() }}>{say('leaveDrop')}</Button>,
      <Button key="save" type="primary" onClick={() => void save().then((done) => (done ? blocker.proceed?.() : stay()))}>{say('leaveSave')}</Button>,
    ]}>
      <p>{say('leaveHow')}</p>
    </Modal>
  )
}
