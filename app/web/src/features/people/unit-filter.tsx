import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Choice } from '@/components/choice'
import { api } from '@/lib/api'

/** Chooses a unit by its name or code. */
export function UnitSelect({ label, value, onChange, placeholder }: {
  label: string
  value: string | undefined
  onChange: (code: string | undefined) => void
  /** What an empty choice means. */
  placeholder: string
}) {
  const [search, find] = useState('')
  const { data } = useQuery({
    queryKey: ['units', 'choice', search, value],
    placeholderData: (old) => old,
    queryFn: async () => {
      const found = (await api.GET('/units', { params: { query: { search: search || undefined, limit: 50 } } })).data?.items ?? []
      if (!value || search || found.some((u) => u.code === value)) return found
      const chosen = await api.GET('/units/{unit}', { params: { path: { unit: value } } }).catch(() => undefined)
      return chosen?.data ? [chosen.data, ...found] : found
    },
  })
  return (
    <Choice aria-label={label} value={value ?? null} placeholder={placeholder} allowClear className="people-unit"
      showSearch={{ filterOption: false, onSearch: find }} onChange={(code: string | null) => onChange(code ?? undefined)}
      options={data?.map((u) => ({ value: u.code, label: `${u.name} ${u.code}` }))} />
  )
}
