import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Choice } from '@/components/choice'
import { api } from '@/lib/api'
import { useContextBar, usePeriods } from '@/lib/context'
import { period as periodName } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { shellTexts } from './texts'

/** Units whose name or code has a text in it, and the one that is chosen. */
function useUnits(search: string, chosen: string | undefined) {
  return useQuery({
    queryKey: ['units', 'choice', search, chosen],
    queryFn: async () => {
      const page = await api.GET('/units', { params: { query: { search: search || undefined, limit: 50 } } })
      const units = page.data?.items ?? []
      if (!chosen || search || units.some((u) => u.code === chosen)) return units
      const one = await api.GET('/units/{unit}', { params: { path: { unit: chosen } } }).catch(() => undefined)
      return one?.data ? [one.data, ...units] : units
    },
    placeholderData: (old) => old,
  })
}

/** Where the user looks: the month and the unit, in the address and on every page that has them. */
export function ContextBar({ withUnit }: { withUnit: boolean }) {
  const say = useTexts(shellTexts)
  const language = useLanguage()
  const { can } = useSession()
  const { period, unit, set } = useContextBar()
  const { data: periods } = usePeriods()
  const [search, find] = useState('')
  const { data: units } = useUnits(search, unit)
  return (
    <div className="context-bar" role="group" aria-label={say('context')}>
      {periods?.length !== 0 && can('period.read') && <Choice aria-label={say('period')} value={period} className="context-period"
        onChange={(value) => set({ period: value })}
        options={periods?.map((p) => ({ value: p.code, label: periodName(p.code, language) }))} />}
      {withUnit && can('unit.read') && (
        <Choice aria-label={say('unit')} value={unit ?? ''} showSearch={{ filterOption: false, onSearch: find }} className="context-unit"
          onChange={(value: string) => set({ unit: value || undefined })}
          options={[{ value: '', label: say('everything') }, ...(units ?? []).map((u) => ({ value: u.code, label: `${u.name} ${u.code}` }))]} />
      )}
    </div>
  )
}
