import { Modal } from 'antd'
import { useTexts } from '@/lib/text'
import { shellTexts } from './texts'

/** Asks before what was written and could not be saved is given up by signing out. */
export function LeaveDialog({ unsaved, onStay, onLeave }: { unsaved: number; onStay: () => void; onLeave: () => void }) {
  const say = useTexts(shellTexts)
  return (
    <Modal open title={say('unsaved', { n: unsaved })} okText={say('stay')} cancelText={say('leaveAll')} closable={false} mask={{ closable: false }}
      onOk={onStay} cancelButtonProps={{ danger: true, onClick: onLeave }}>
      <p>{say('unsavedHow')}</p>
    </Modal>
  )
}
