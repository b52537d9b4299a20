import { App, Button, Space, Tag, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Choice } from '@/components/choice'
import { type Column, DataTable } from '@/components/data-table'
import { JobProgress } from '@/components/job-progress'
import { NoPeriod } from '@/components/no-period'
import { Page, Section } from '@/components/page'
import { Empty, ProblemText } from '@/components/states'
import { type Schema, api, once, usePaged } from '@/lib/api'
import { useContextBar } from '@/lib/context'
import { count, instant } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { texts } from './texts'

type Run = Schema<'Run'>

const useRuns = (period: string | undefined) =>
  usePaged(
    ['runs', period],
    async (cursor) => (await api.GET('/periods/{period}/runs', { params: { path: { period: period ?? '' }, query: { cursor } } })).data as Schema<'RunPage'>,
    period !== undefined,
  )

const seconds = (run: Run): string => ((Date.parse(run.finished_at) - Date.parse(run.started_at)) / 1000).toFixed(1)

/** The runs of the month. */
export function RunsPage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const { period } = useContextBar()
  const list = useRuns(period)
  const [job, followJob] = useInAddress('job')
  if (!period) return <NoPeriod title={say('title')} />
  const columns: Column<Run>[] = [
    { key: 'number', title: say('number'), render: (_, run) => <Space>{say('runN', { n: run.number })}{run.published && <Tag color="success">{say('published')}</Tag>}</Space> },
    { key: 'members', title: say('members'), numeric: true, render: (_, run) => count(run.members) },
    { key: 'finished', title: say('finished'), render: (_, run) => instant(run.finished_at, language) },
    { key: 'took', title: say('took'), numeric: true, render: (_, run) => say('seconds', { n: seconds(run) }) },
    { key: 'made_by', title: say('madeBy'), dataIndex: 'made_by' },
    { key: 'rules', title: say('rules'), dataIndex: 'rules' },
    { key: 'digest', title: say('digest'), render: (_, run) => <Typography.Text code copyable={{ text: run.digest }}>{run.digest.slice(0, 12)}</Typography.Text> },
    { key: 'results', title: say('results'), render: (_, run) => <Link to={`/results?period=${period}&run=${run.number}`} aria-label={say('resultsOf', { n: run.number })}>{say('results')}</Link> },
  ]
  return (
    <Page title={say('title')} lead={say('lead')} actions={can('run.verify') && <Verify period={period} onJob={(id) => followJob(String(id))} />}>
      {job && <Section title={say('verifying')}><JobProgress key={job} id={Number(job)} /></Section>}
      <DataTable label={say('title')} columns={columns} list={list} rowKey={(run) => String(run.number)}
        empty={<Empty title={say('none')} action={<Link to={`/periods/${period}?period=${period}`}>{say('toPeriod')}</Link>}>{say('noneHow')}</Empty>} />
      {list.rows && list.rows.length > 1 && <Compared period={period} runs={list.rows} />}
    </Page>
  )
}

function Verify({ period, onJob }: { period: string; onJob: (id: number) => void }) {
  const say = useTexts(texts)
  const { message } = App.useApp()
  const verify = async () => {
    try {
      const job = await api.POST('/periods/{period}/verifications', { params: { path: { period }, header: once() }, body: {} })
      if (job.data) onJob(job.data.id)
    } catch (error) {
      message.error({ content: <ProblemText error={error} />, duration: 8 })
    }
  }
  return <Button onClick={() => void verify()}>{say('verify')}</Button>
}

function Compared({ period, runs }: { period: string; runs: readonly Run[] }) {
  const say = useTexts(texts)
  const [before, setBefore] = useState(runs[1]?.number)
  const [after, setAfter] = useState(runs[0]?.number)
  const options = runs.map((run) => ({ value: run.number, label: say('runN', { n: run.number }) }))
  return (
    <Section title={say('compare')}>
      <Space wrap align="end">
        <label className="filter"><span>{say('before')}</span><Choice aria-label={say('before')} value={before} onChange={setBefore} options={options} /></label>
        <label className="filter"><span>{say('after')}</span><Choice aria-label={say('after')} value={after} onChange={setAfter} options={options} /></label>
        {before !== after && <Link to={`/runs/compare?period=${period}&before=${before}&after=${after}`}>{say('show')}</Link>}
      </Space>
    </Section>
  )
}
