import { Alert, Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAttempt } from './attempt'
import { ProblemText } from './states'
import { defineTexts, useTexts } from '@/lib/text'

const texts = defineTexts('typed-confirm', {
  type: { zh: '请输入 {word} 以确认', en: 'Type {word} to confirm' },
  cancel: { zh: '取消', en: 'Cancel' },
})

/**
 * For what cannot be taken back: its effects, and a word to type. The button says
 * what will be done. It stays open while the server works, and with what went wrong.
 */
export function TypedConfirm({ open, title, word, action, children, onConfirm, onClose }: {
  open: boolean
  title: string
  word: string
  action: string
  children: ReactNode
  onConfirm: () => Promise<unknown>
  onClose: () => void
}) {
  const say = useTexts(texts)
  const [typed, type] = useState('')
  const { busy, error, attempt, forget } = useAttempt()
  const close = () => {
    type('')
    forget()
    onClose()
  }
  return (
    <Modal open={open} title={title} onCancel={close} destroyOnHidden okText={action} cancelText={say('cancel')} onOk={() => void attempt(onConfirm, close)}
      confirmLoading={busy} okButtonProps={{ danger: true, disabled: typed.trim() !== word }}>
      {children}
      <label className="field">
        <span>{say('type', { word })}</span>
        <Input value={typed} onChange={(event) => type(event.target.value)} autoComplete="off" />
      </label>
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
    </Modal>
  )
}
