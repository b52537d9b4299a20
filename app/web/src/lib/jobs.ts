import { useQuery } from '@tanstack/react-query'
import { type Schema, api } from './api'

export type Job = Schema<'Job'>

/** Whether a job is over, well or not. */
export const isOver = (job: Job): boolean => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'

/** Follows a job until it is over. */
export const useJob = (id: number | undefined) =>
  useQuery({
    queryKey: ['job', id],
    enabled: id !== undefined,
    queryFn: async () => (await api.GET('/jobs/{id}', { params: { path: { id: id ?? 0 } } })).data as Job,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : 800),
    staleTime: 0,
  })

/** Where the file of a job is. */
export const fileOf = (job: Job): string => `/api/v1/jobs/${job.id}/file`
