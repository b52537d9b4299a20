import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Schema, api } from './api'
import { useSession } from './session'
import { useAddress } from './url'

/** Where the user looks: which month, and which unit with all below it. */
export interface Context {
  /** The code of the period; undefined while there is none, or it is not known yet. */
  period: string | undefined
  /** The code of the unit; undefined: all that one may see. */
  unit: string | undefined
  set: (change: { period?: string; unit?: string | undefined }) => void
}

/** The periods, the latest first; none for whoever may not see them. */
export function usePeriods() {
  const { can } = useSession()
  return useQuery({
    queryKey: ['periods'],
    enabled: can('period.read'),
    queryFn: async () => (await api.GET('/periods', { params: { query: { limit: 100 } } })).data?.items ?? [],
  })
}

type Period = Schema<'Period'>

/** The period that somebody most likely wants to see: the one under way, else the latest. */
export const likely = (periods: readonly Period[]): Period | undefined =>
  periods.find((p) => p.state === 'collecting' || p.state === 'scoring') ?? periods[0]

const kept = (user: string) => `steelyard.context.${user}`

/**
 * The period and the unit of the address. Where the address names no period it is
 * filled in: with the one looked at last, else with the likeliest.
 */
export function useContextBar(): Context {
  const [params, change] = useAddress()
  const { me } = useSession()
  const { data: periods } = usePeriods()
  const asked = params.get('period') ?? undefined
  const unit = params.get('unit') ?? undefined
  const last = localStorage.getItem(kept(me.username))
  const period = asked ?? periods?.find((p) => p.code === last)?.code ?? (periods && likely(periods)?.code)
  useEffect(() => {
    if (!asked && period) change({ period })
    if (asked) localStorage.setItem(kept(me.username), asked)
  }, [asked, period, change, me.username])
  return { period, unit, set: (c) => change(c, { push: true }) }
}
