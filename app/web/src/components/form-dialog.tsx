import { Alert, Form, type FormInstance, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useAttempt } from './attempt'
import { ProblemText } from './states'
import { defineTexts, useTexts } from '@/lib/text'

const texts = defineTexts('form-dialog', { cancel: { zh: '取消', en: 'Cancel' } })

/** A form in a dialog: it stays open, with the reason, until the server has taken it. */
export function FormDialog<Values extends object>({ open, title, action, form, initial, children, onSave, onClose, danger }: {
  open: boolean
  title: string
  action: string
  form: FormInstance<Values>
  initial?: Partial<Values>
  children: ReactNode
  onSave: (values: Values) => Promise<unknown>
  onClose: () => void
  danger?: boolean
}) {
  const say = useTexts(texts)
  const { busy, error, attempt, forget } = useAttempt()
  const close = () => {
    forget()
    onClose()
  }
  return (
    <Modal open={open} title={title} okText={action} cancelText={say('cancel')} onCancel={close} onOk={() => form.submit()} confirmLoading={busy}
      okButtonProps={{ danger }} destroyOnHidden>
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={(values) => void attempt(() => onSave(values), close)} preserve={false}>
        {children}
      </Form>
    </Modal>
  )
}
