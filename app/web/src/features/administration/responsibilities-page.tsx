import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Choice } from '@/components/choice'
import { FormDialog } from '@/components/form-dialog'
import { Page } from '@/components/page'
import { Loaded } from '@/components/states'
import { type Schema, api, queries } from '@/lib/api'
import { instant } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'
import { permissionName, usePermissions } from './words'

type Responsibility = Schema<'Responsibility'>
type Owner = Responsibility['owner']

const owners: readonly Owner[] = ['head_office', 'branch', 'sub_branch']

/** The responsibility table: each power with its one owner. */
export function ResponsibilitiesPage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const { data: permissions } = usePermissions()
  const [changing, change] = useState<Responsibility>()
  const query = useQuery({ queryKey: ['responsibilities'], queryFn: async () => (await api.GET('/responsibilities')).data?.items ?? [] })
  return (
    <Page title={say('responsibilities')} lead={say('responsibilitiesLead')}>
      <Loaded query={query}>
        {(rows) => (
          <div className="table-scroll" role="region" aria-label={say('responsibilities')} tabIndex={0}>
            <table className="plain">
              <thead>
                <tr><th scope="col">{say('permission')}</th><th scope="col">{say('owner')}</th><th scope="col">{say('changed')}</th><th scope="col">{say('who')}</th>{can('policy.manage') && <th scope="col">{say('change')}</th>}</tr>
              </thead>
              <tbody>
                {rows.map((row) => {
                  const name = permissionName(permissions, row.permission)
                  return (
                    <tr key={row.permission}>
                      <th scope="row" className="capital">{name} <span className="muted">{row.permission}</span></th>
                      <td><strong>{say(row.owner)}</strong></td>
                      <td>{row.changed_by && say('changedBy', { who: row.changed_by, at: instant(row.changed_at, language) })}</td>
                      <td><Link to={`/access?permission=${row.permission}`} aria-label={say('whoOf', { permission: name })}>{say('who')}</Link></td>
                      {can('policy.manage') && <td><Button size="small" aria-label={say('changeOf', { permission: name })} onClick={() => change(row)}>{say('change')}</Button></td>}
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
      <OwnerForm row={changing} onClose={() => change(undefined)} />
    </Page>
  )
}

function OwnerForm({ row, onClose }: { row: Responsibility | undefined; onClose: () => void }) {
  const say = useTexts(texts)
  const { data: permissions } = usePermissions()
  const [form] = Form.useForm<{ owner: Owner; reason: string }>()
  const owner = Form.useWatch('owner', form)
  const save = async (values: { owner: Owner; reason: string }) => {
    if (!row) return
    await api.PUT('/responsibilities/{permission}', { params: { path: { permission: row.permission } }, body: { ...values, version: row.version } })
    await queries.invalidateQueries({ queryKey: ['responsibilities'] })
  }
  const name = row ? permissionName(permissions, row.permission) : ''
  return (
    <FormDialog open={row !== undefined} title={say('moveTo', { permission: name, owner: owner ? say(owner) : '' })} action={say('change')} danger form={form} initial={{ owner: row?.owner }} onSave={save} onClose={onClose}>
      <p>{say('moveEffects')}</p>
      <Form.Item name="owner" label={say('owner')}><Choice options={owners.map((value) => ({ value, label: say(value) }))} /></Form.Item>
      <Form.Item name="reason" label={say('reasonLong')} rules={[{ required: true, min: 8, message: say('tooShort') }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
    </FormDialog>
  )
}
