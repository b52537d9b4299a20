import { Alert, Button, Checkbox, DatePicker, Form, Input, Modal, Space } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { usePermissionNames } from './permission-names'
import { settingsTexts } from './texts'
import { Copy } from '@/components/copy'
import { ProblemText } from '@/components/states'
import { api } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'

interface Wanted {
  name: string
  permissions: string[]
  expires: Dayjs
}

/** Makes a token out of some of one's permissions, and shows it this once. */
export function NewToken({ open, onClose, onMade }: { open: boolean; onClose: () => void; onMade: () => void }) {
  const say = useTexts(settingsTexts)
  const { me } = useSession()
  const permissionName = usePermissionNames()
  const [form] = Form.useForm<Wanted>()
  const [made, show] = useState<string>()
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const close = () => {
    show(undefined)
    fail(undefined)
    onClose()
  }
  const submit = async ({ name, permissions, expires }: Wanted) => {
    work(true)
    fail(undefined)
    try {
      const { data } = await api.POST('/me/tokens', { body: { name: name.trim(), permissions, expires_on: expires.format('YYYY-MM-DD') } })
      show(data?.token)
      onMade()
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  const footer = made
    ? <Button type="primary" onClick={close}>{say('gotIt')}</Button>
    : [<Button key="cancel" onClick={close}>{say('cancel')}</Button>, <Button key="make" type="primary" loading={busy} onClick={form.submit}>{say('make')}</Button>]
  return (
    <Modal open={open} title={say('newToken')} onCancel={close} destroyOnHidden footer={footer} width={640} mask={{ closable: made === undefined }}>
      {made ? (
        <>
          <Alert type="warning" showIcon title={say('once')} />
          <p className="settings-token"><code>{made}</code><Copy text={made} label={say('copyToken')} /></p>
        </>
      ) : (
        <Form form={form} layout="vertical" requiredMark={false} preserve={false} onFinish={(wanted) => void submit(wanted)}
          initialValues={{ name: '', permissions: [], expires: dayjs().add(90, 'day') }}>
          <Form.Item name="name" label={say('name')} rules={[{ required: true, whitespace: true, message: say('needed') }]}>
            <Input maxLength={100} autoFocus />
          </Form.Item>
          <Form.Item name="expires" label={say('expires')} rules={[{ required: true, message: say('needed') }]}>
            <DatePicker minDate={dayjs()} maxDate={dayjs().add(1, 'year')} allowClear={false} />
          </Form.Item>
          <Form.Item label={say('permissions')}>
            <Space className="settings-all">
              <Button size="small" onClick={() => form.setFieldValue('permissions', me.permissions)}>{say('all')}</Button>
              <Button size="small" onClick={() => form.setFieldValue('permissions', [])}>{say('none')}</Button>
            </Space>
            <Form.Item name="permissions" noStyle rules={[{ required: true, message: say('choose') }]}>
              <Checkbox.Group className="settings-permissions" options={me.permissions.map((value) => ({ value, label: permissionName(value) }))} />
            </Form.Item>
          </Form.Item>
          {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
        </Form>
      )}
    </Modal>
  )
}
