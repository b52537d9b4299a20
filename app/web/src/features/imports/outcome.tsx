import { Alert, App, Button, Space } from 'antd'
import { Link } from 'react-router'
import type { Schema } from '@/lib/api'
import { count } from '@/lib/format'
import type { Job } from '@/lib/jobs'
import { useTexts } from '@/lib/text'
import { texts } from './texts'
import { countsOf } from './upload'

type Place = Schema<'ProblemAt'>

const shown = ['new', 'changed', 'unchanged', 'withdrawn', 'wrong'] as const

/** What a check found, or what an import did: counts, and every error with its place. */
export function Outcome({ job, dry }: { job: Job; dry?: boolean }) {
  const say = useTexts(texts)
  const counts = countsOf(job.result)
  const places = [...(job.problem?.problems ?? []), ...leftOf(job.result)]
  const idle = counts && counts.new + counts.changed + counts.withdrawn === 0
  return (
    <div className="page">
      {job.problem && <Alert type="error" showIcon title={job.problem.title} />}
      {counts && job.state === 'done' && (
        <>
          {dry && <Alert type={idle ? 'info' : 'success'} showIcon title={say(idle ? 'nothing' : 'clean')} />}
          <dl className="tiles">
            {shown.map((name) => <div className="tile" key={name}><dt>{say(name)}</dt><dd>{count(counts[name])}</dd></div>)}
          </dl>
          {!dry && counts.batch && <Link to={`/batches/${counts.batch}`}>{say('openBatch', { id: counts.batch })}</Link>}
        </>
      )}
      {places.length > 0 && <Errors places={places} />}
    </div>
  )
}

/** The rows that were left out, as the result of an import lists them. */
function leftOf(result: Record<string, unknown> | undefined): Place[] {
  const left = result?.left
  return Array.isArray(left) ? (left as Place[]) : []
}

function Errors({ places }: { places: readonly Place[] }) {
  const say = useTexts(texts)
  const { message } = App.useApp()
  const headings = [say('sheet'), say('row'), say('column'), say('value'), say('what')]
  const copy = async () => {
    const cell = (text: string | number | undefined) => String(text ?? '').replace(/[\t\r\n]+/g, ' ')
    const lines = places.map((p) => [p.sheet, p.row, p.column, p.value, p.message].map(cell).join('\t'))
    await navigator.clipboard.writeText([headings.join('\t'), ...lines].join('\n'))
    message.success(say('copied'))
  }
  return (
    <section aria-label={say('errors', { n: places.length })}>
      <Space className="section-head"><h3>{say('errors', { n: places.length })}</h3><Button size="small" onClick={() => void copy()}>{say('copyErrors')}</Button></Space>
      <div className="table-scroll errors" role="region" aria-label={say('errors', { n: places.length })} tabIndex={0}>
        <table className="plain">
          <thead><tr>{headings.map((heading) => <th key={heading} scope="col">{heading}</th>)}</tr></thead>
          <tbody>
            {places.map((p, i) => (
              <tr key={i}><td>{p.sheet}</td><td className="numeric">{p.row}</td><td>{p.column}</td><td className="wrap-anywhere">{p.value}</td><td>{p.message}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
