import { App, Button } from 'antd'
import { useState } from 'react'
import { ProblemText } from '@/components/states'
import { TypedConfirm } from '@/components/typed-confirm'
import { type Schema, api, once, queries } from '@/lib/api'
import { period as periodName } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

type Status = Schema<'PeriodStatus'>

/** The step that comes next, and what else can be done now. */
export function Steps({ status, onJob }: { status: Status; onJob: (id: number) => void }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const { message } = App.useApp()
  const [asking, ask] = useState<'publish' | 'close'>()
  const [busy, work] = useState(false)
  const { period, run } = status
  const path = { period: period.code }
  const open = status.blockers.filter((b) => b.waived === undefined)
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: ['period', period.code] })
    await queries.invalidateQueries({ queryKey: ['periods'] })
  }
  const step = async (go: () => Promise<unknown>) => {
    work(true)
    try {
      await go()
      await refresh()
    } catch (error) {
      message.error({ content: <ProblemText error={error} />, duration: 8 })
      void refresh() // somebody else may have taken the step meanwhile
    } finally {
      work(false)
    }
  }
  const body = { version: period.version }
  const calculate = async () => {
    const job = await api.POST('/periods/{period}/runs', { params: { path, header: once() }, body: {} })
    if (job.data) onJob(job.data.id)
  }
  const name = periodName(period.code, language)
  const manages = can('period.manage')
  return (
    <>
      {period.state === 'scoring' && can('run.create') && (
        <Button type={run && !run.outdated ? 'default' : 'primary'} loading={busy} onClick={() => void step(calculate)}>{say(run ? 'runAgain' : 'run')}</Button>
      )}
      {period.state === 'draft' && manages && (
        <Button type="primary" disabled={open.length > 0} loading={busy} onClick={() => void step(() => api.POST('/periods/{period}/open', { params: { path }, body }))}>{say('open')}</Button>
      )}
      {period.state === 'collecting' && manages && (
        <Button type="primary" disabled={open.length > 0} loading={busy} onClick={() => void step(() => api.POST('/periods/{period}/score', { params: { path }, body }))}>{say('score')}</Button>
      )}
      {period.state === 'scoring' && can('period.publish') && (
        <Button type={run && !run.outdated ? 'primary' : 'default'} disabled={open.length > 0} onClick={() => ask('publish')}>{say('publish', { period: name })}</Button>
      )}
      {period.state === 'published' && can('period.close') && (
        <Button disabled={open.length > 0} onClick={() => ask('close')}>{say('close', { period: name })}</Button>
      )}
      <TypedConfirm open={asking === 'publish'} title={say('publish', { period: name })} action={say('publish', { period: name })} word={period.code} onClose={() => ask(undefined)}
        onConfirm={() => api.POST('/periods/{period}/publish', { params: { path }, body: { ...body, run: run?.number } }).finally(() => void refresh())}>
        <p>{say('publishEffects', { n: run?.members ?? 0 })}</p>
        {run && <p>{say('publishRun', { run: run.number })}</p>}
      </TypedConfirm>
      <TypedConfirm open={asking === 'close'} title={say('close', { period: name })} action={say('close', { period: name })} word={period.code} onClose={() => ask(undefined)}
        onConfirm={() => api.POST('/periods/{period}/close', { params: { path }, body }).finally(() => void refresh())}>
        <p>{say('closeEffects')}</p>
      </TypedConfirm>
    </>
  )
}
