import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Schema, api } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useLanguage } from '@/lib/text'
import type { Explanation } from './model'

type MemberResult = Schema<'MemberResult'>

/** Reads one result, explained; nothing while it is not known whose or of when. */
export function useExplanation(period: string | undefined, staffNo: string | undefined, run?: number) {
  const language = useLanguage()
  return useQuery({
    queryKey: ['result', period, run, staffNo, language],
    enabled: period !== undefined && staffNo !== undefined,
    queryFn: async () =>
      (await api.GET('/periods/{period}/results/{staff_no}', { params: { path: { period: period ?? '', staff_no: staffNo ?? '' }, query: { run } } })).data as Explanation,
  })
}

/** What the metrics are measured in, by their codes. */
export function useUnits(): ReadonlyMap<string, string> {
  const { can } = useSession()
  const { data } = useQuery({
    queryKey: ['metrics', 'units'],
    enabled: can('metric.read'),
    staleTime: 300_000,
    queryFn: async () => (await api.GET('/metrics', { params: { query: { limit: 200 } } })).data?.items ?? [],
  })
  return useMemo(() => new Map(data?.map((metric) => [metric.code, metric.unit_of_measure])), [data])
}

/** The published results of a member, the latest first. */
export function useResults(staffNo: string | undefined, limit: number) {
  const language = useLanguage()
  return useQuery({
    queryKey: ['member-results', staffNo, limit, language],
    enabled: staffNo !== undefined,
    queryFn: async (): Promise<readonly MemberResult[]> =>
      (await api.GET('/staff/{staff_no}/results', { params: { path: { staff_no: staffNo ?? '' }, query: { limit } } })).data?.items ?? [],
  })
}
