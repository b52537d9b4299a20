import { useQuery } from '@tanstack/react-query'
import { type Schema, api } from './api'
import { period } from './format'
import { currentLanguage, defineTexts, say } from './text'

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

export const jobStates = defineTexts('job-states', {
  queued: { zh: '排队中', en: 'Waiting' },
  working: { zh: '进行中', en: 'Under way' },
  done: { zh: '已完成', en: 'Done' },
  failed: { zh: '未能完成', en: 'Failed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
})

const names = defineTexts('job-names', {
  import: { zh: '导入 {subject}', en: 'Import of {subject}' },
  run: { zh: '计分 {subject}', en: 'Calculation of {subject}' },
  export: { zh: '导出 {subject}', en: 'Export of {subject}' },
  verify: { zh: '核验 {subject}', en: 'Verification of {subject}' },
  other: { zh: '任务 {subject}', en: 'Job: {subject}' },
})

/** What a job does, in words. */
export const jobName = (job: Job): string =>
  say(names, job.kind in names.words ? (job.kind as 'run') : 'other', { subject: period(job.subject, currentLanguage()) })
