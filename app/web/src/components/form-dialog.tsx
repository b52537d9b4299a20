import { Alert, Form, type FormInstance, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
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
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const close = () => {
    fail(undefined)
    onClose()
  }
  const save = async (values: Values) => {
    work(true)
    fail(undefined)
    try {
      await onSave(values)
      close()
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  return (
    <Modal open={open} title={title} okText={action} cancelText={say('cancel')} onCancel={close} onOk={() => form.submit()} confirmLoading={busy}
      okButtonProps={{ danger }} destroyOnHidden>
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={(values) => void save(values)} preserve={false}>
        {children}
      </Form>
    </Modal>
  )
}
