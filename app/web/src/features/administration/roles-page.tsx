import { Button, Collapse, Tag } from 'antd'
import { useState } from 'react'
import { Page } from '@/components/page'
import { Loaded } from '@/components/states'
import type { Schema } from '@/lib/api'
import { useSession } from '@/lib/session'
import { content, useLanguage, useTexts } from '@/lib/text'
import { RoleEditor } from './role-editor'
import { texts } from './texts'
import { permissionName, usePermissions, useRoles } from './words'

type Role = Schema<'Role'>

export const reachKeys = { self: 'self', unit: 'atUnit', subtree: 'subtree' } as const

/** The roles with what each may do, and how far. */
export function RolesPage() {
  const say = useTexts(texts)
  useLanguage()
  const { can } = useSession()
  const query = useRoles()
  const [editing, edit] = useState<Role | 'new'>()
  const manages = can('policy.manage')
  return (
    <Page title={say('roles')} lead={say('rolesLead')} actions={manages && <Button type="primary" onClick={() => edit('new')}>{say('newRole')}</Button>}>
      <Loaded query={query}>
        {(roles) => (
          <Collapse className="role-list" collapsible="header" items={roles.map((role) => ({
            key: role.code,
            label: <><strong className="capital">{content(role.name)}</strong>{' '}<span className="muted">{`${role.code} · ${say('lines', { n: role.lines.length })}`}</span></>,
            extra: manages && <Button size="small" aria-label={say('editRole', { role: content(role.name) })} onClick={(event) => { event.stopPropagation(); edit(role) }}>{say('edit')}</Button>,
            children: <Lines role={role} />,
          }))} />
        )}
      </Loaded>
      {editing !== undefined && <RoleEditor role={editing === 'new' ? undefined : editing} onClose={() => edit(undefined)} />}
    </Page>
  )
}

function Lines({ role }: { role: Role }) {
  const say = useTexts(texts)
  const { data: permissions } = usePermissions()
  return (
    <div className="table-scroll" role="region" aria-label={content(role.name)} tabIndex={0}>
      <table className="plain">
        <thead><tr><th scope="col">{say('permission')}</th><th scope="col">{say('reach')}</th><th scope="col">{say('effect')}</th></tr></thead>
        <tbody>
          {role.lines.map((line) => (
            <tr key={`${line.permission}|${line.reach}|${line.effect}`}>
              <td className="capital">{permissionName(permissions, line.permission)} <span className="muted">{line.permission}</span></td>
              <td>{say(reachKeys[line.reach])}</td>
              <td><Tag color={line.effect === 'deny' ? 'error' : undefined}>{say(line.effect)}</Tag></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
