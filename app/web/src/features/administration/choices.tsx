import { useQuery } from '@tanstack/react-query'
import type { SelectProps } from 'antd'
import { useState } from 'react'
import { Choice } from '@/components/choice'
import { api } from '@/lib/api'
import { latin } from '@/lib/format'
import { content, useLanguage } from '@/lib/text'
import { usePermissions, useRoles } from './words'

type Given = Omit<SelectProps<string>, 'options' | 'showSearch'>

/** A unit, found by name or code. */
export function UnitChoice(props: Given) {
  const [search, find] = useState('')
  const { data } = useQuery({
    queryKey: ['units', 'choose', search],
    placeholderData: (old) => old,
    queryFn: async () => (await api.GET('/units', { params: { query: { search: search || undefined, limit: 30 } } })).data?.items ?? [],
  })
  return <Choice {...props} showSearch={{ filterOption: false, onSearch: find }} options={data?.map((u) => ({ value: u.code, label: `${u.name} ${u.code}` }))} />
}

/** A user, found by username, name or pinyin. */
export function UserChoice(props: Given) {
  const [search, find] = useState('')
  const { data } = useQuery({
    queryKey: ['users', 'choose', search],
    placeholderData: (old) => old,
    queryFn: async () => (await api.GET('/users', { params: { query: { search: search || undefined, limit: 30 } } })).data?.items ?? [],
  })
  return (
    <Choice {...props} showSearch={{ filterOption: false, onSearch: find }}
      options={data?.map((u) => ({ value: u.username, label: u.name ? `${latin({ name: u.name, pinyin: u.pinyin })} ${u.username}` : u.username }))} />
  )
}

/** A permission, found by its words or its code. */
export function PermissionChoice(props: Given) {
  useLanguage()
  const { data } = usePermissions()
  return <Choice {...props} showSearch={{ optionFilterProp: 'label' }} options={data?.map((p) => ({ value: p.permission, label: `${content(p.name)} ${p.permission}` }))} />
}

/** A role. */
export function RoleChoice(props: Given) {
  useLanguage()
  const { data } = useRoles()
  return <Choice {...props} showSearch={{ optionFilterProp: 'label' }} options={data?.map((r) => ({ value: r.code, label: `${content(r.name)} ${r.code}` }))} />
}
