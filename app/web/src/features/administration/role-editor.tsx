import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Choice } from '@/components/choice'
import { SidePanel } from '@/components/side-panel'
import { ProblemText } from '@/components/states'
import { type Schema, api, queries } from '@/lib/api'
import { content, useTexts } from '@/lib/text'
import { PermissionChoice } from './choices'
import { texts } from './texts'

type Role = Schema<'Role'>
type RoleForm = Pick<Role, 'code' | 'lines'> & { zh: string; en: string }

/** Makes or changes a role, line by line. */
export function RoleEditor({ role, onClose }: { role: Role | undefined; onClose: () => void }) {
  const say = useTexts(texts)
  const [form] = Form.useForm<RoleForm>()
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const save = async ({ code, zh, en, lines }: RoleForm) => {
    work(true)
    fail(undefined)
    try {
      await api.PUT('/roles/{role}', { params: { path: { role: role?.code ?? code } }, body: { name: { zh, en }, lines, version: role?.version ?? 0 } })
      await queries.invalidateQueries({ queryKey: ['roles'] })
      onClose()
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  const initial = { code: role?.code, zh: role?.name.zh, en: role?.name.en, lines: role?.lines ?? [] }
  return (
    <SidePanel open title={role ? say('editRole', { role: content(role.name) }) : say('newRole')} onClose={onClose} width={760}
      footer={<div className="page-actions"><Button type="primary" loading={busy} onClick={() => form.submit()}>{say('save')}</Button><Button onClick={onClose}>{say('cancel')}</Button></div>}>
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
      <Form<RoleForm> form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={(values) => void save(values)}>
        {!role && <Form.Item name="code" label={say('code')} rules={[{ required: true, pattern: /^[a-z][a-z0-9_]*$/ }]}><Input maxLength={64} /></Form.Item>}
        <Form.Item name="zh" label={say('nameZh')} rules={[{ required: true }]}><Input lang="zh-CN" maxLength={200} /></Form.Item>
        <Form.Item name="en" label={say('nameEn')} rules={[{ required: true }]}><Input lang="en" maxLength={200} /></Form.Item>
        <Form.List name="lines">{(fields, { add, remove }) => <Lines fields={fields.map((f) => f.name)} add={add} remove={remove} />}</Form.List>
      </Form>
    </SidePanel>
  )
}

function Lines({ fields, add, remove }: { fields: readonly number[]; add: (line: unknown) => void; remove: (at: number) => void }) {
  const say = useTexts(texts)
  const form = Form.useFormInstance<RoleForm>()
  return (
    <div className="role-lines">
      {fields.map((at) => (
        <div key={at} className="role-line" role="group" aria-label={say('lines', { n: at + 1 })}>
          <Form.Item name={[at, 'permission']} rules={[{ required: true, message: '' }]}><PermissionChoice aria-label={say('permission')} /></Form.Item>
          <Form.Item name={[at, 'reach']}>
            <Choice aria-label={say('reach')} options={[{ value: 'self', label: say('self') }, { value: 'unit', label: say('atUnit') }, { value: 'subtree', label: say('subtree') }]} />
          </Form.Item>
          <Form.Item name={[at, 'effect']}>
            <Choice aria-label={say('effect')} options={[{ value: 'allow', label: say('allow') }, { value: 'deny', label: say('deny') }]} />
          </Form.Item>
          <Button type="text" icon={<DeleteOutlined aria-hidden />} onClick={() => remove(at)}
            aria-label={say('removeLine', { permission: String(form.getFieldValue(['lines', at, 'permission']) ?? at + 1) })} />
        </div>
      ))}
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ reach: 'subtree', effect: 'allow' })}>{say('addLine')}</Button>
    </div>
  )
}
