import { useQuery } from '@tanstack/react-query'
import { type Schema, api } from '@/lib/api'

export type Version = Schema<'ScorecardVersion'>

/** The versions of a scorecard, the newest first. */
export const useVersions = (code: string) =>
  useQuery({
    queryKey: ['scorecard', code, 'versions'],
    queryFn: async () => (await api.GET('/scorecards/{scorecard}/versions', { params: { path: { scorecard: code }, query: { limit: 200 } } })).data?.items ?? [],
  })

/** One version with its definition. */
export const useVersion = (code: string, number: number | undefined) =>
  useQuery({
    queryKey: ['scorecard', code, 'version', number],
    enabled: number !== undefined,
    queryFn: async () =>
      (await api.GET('/scorecards/{scorecard}/versions/{number}', { params: { path: { scorecard: code, number: number ?? 0 } } })).data as Version,
  })
