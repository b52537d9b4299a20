import { Alert, Button, Progress, Space } from 'antd'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { count } from '@/lib/format'
import { type Job, fileOf, isOver, jobStates, useJob } from '@/lib/jobs'
import { defineTexts, useTexts } from '@/lib/text'
import { api, queries } from '@/lib/api'

const texts = defineTexts('job-progress', {
  of: { zh: '{done} / {total}', en: '{done} of {total}' },
  leave: { zh: '已转入后台，可以离开此页', en: 'It goes on in the background; you may leave this page' },
  cancel: { zh: '取消', en: 'Cancel' },
  download: { zh: '下载 {name}', en: 'Download {name}' },
  details: { zh: '查看任务', en: 'Open the job' },
  progress: { zh: '任务进度', en: 'Progress of the job' },
})

export const jobTexts = texts

/** How far a job is: its step, a bar, what went wrong, its file. `onOver` is told when it is over. */
export function JobProgress({ id, linked = true, onOver }: { id: number; linked?: boolean; onOver?: () => void }) {
  const { data: job } = useJob(id)
  const over = job !== undefined && isOver(job)
  const told = useRef(onOver)
  useEffect(() => {
    told.current = onOver
  })
  useEffect(() => {
    if (over) told.current?.()
  }, [over])
  return job ? <JobState job={job} linked={linked} /> : null
}

function JobState({ job, linked }: { job: Job; linked: boolean }) {
  const say = useTexts(texts)
  const state = useTexts(jobStates)
  const cancel = async () => {
    await api.POST('/jobs/{id}/cancel', { params: { path: { id: job.id } } })
    await queries.invalidateQueries({ queryKey: ['job', job.id] })
  }
  const percent = job.state === 'done' ? 100 : job.total > 0 ? Math.floor((100 * job.done) / job.total) : 0
  return (
    <div className="job" role="status">
      <p>
        <strong>{state(job.state)}</strong>
        {job.step && !isOver(job) && <span>{` · ${job.step}`}</span>}
        {job.total > 0 && <span>{` · ${say('of', { done: count(job.done), total: count(job.total) })}`}</span>}
      </p>
      <Progress percent={percent} aria-label={say('progress')} status={job.state === 'failed' ? 'exception' : job.state === 'done' ? 'success' : 'active'} />
      {job.problem && <Alert type="error" showIcon title={job.problem.title} />}
      {!isOver(job) && <p className="muted">{say('leave')}</p>}
      <Space wrap>
        {!isOver(job) && <Button onClick={() => void cancel()}>{say('cancel')}</Button>}
        {job.file && <Button type="primary" href={fileOf(job)} download>{say('download', { name: job.file.name })}</Button>}
        {linked && <Link to={`/jobs/${job.id}`}>{say('details')}</Link>}
      </Space>
    </div>
  )
}
