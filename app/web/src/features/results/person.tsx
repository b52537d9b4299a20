import { useQuery } from '@tanstack/react-query'
import { Space } from 'antd'
import { Link } from 'react-router'
import { Loaded } from '@/components/states'
import { SidePanel } from '@/components/side-panel'
import { type Schema, api } from '@/lib/api'
import { decimal, latin, score } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

type Explanation = Schema<'Explanation'>

/** One result, explained line by line; the address says whose. */
export function PersonPanel({ period, run, staffNo, onClose }: { period: string; run: number | undefined; staffNo: string | undefined; onClose: () => void }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const query = useQuery({
    queryKey: ['result', period, run, staffNo, language],
    enabled: staffNo !== undefined,
    queryFn: async () =>
      (await api.GET('/periods/{period}/results/{staff_no}', { params: { path: { period, staff_no: staffNo ?? '' }, query: { run } } })).data as Explanation,
  })
  return (
    <SidePanel open={staffNo !== undefined} onClose={onClose} title={query.data ? say('person', { name: latin(query.data), staff_no: query.data.staff_no }) : (staffNo ?? '')}>
      {staffNo !== undefined && <Loaded query={query}>{(found) => <Explained found={found} />}</Loaded>}
    </SidePanel>
  )
}

interface Fixed {
  total?: string | null
  grade?: string | null
  coefficient?: string | null
  base?: string | null
  bonus?: string | null
  deduction?: string | null
}

function Explained({ found }: { found: Explanation }) {
  const say = useTexts(texts)
  const { can } = useSession()
  const result = found.result as Fixed
  const to = `period=${found.period}&run=${found.run}`
  return (
    <div className="page">
      <dl className="tiles">
        <div className="tile"><dt>{say('total')}</dt><dd>{score(result.total)}</dd></div>
        <div className="tile"><dt>{say('grade')}</dt><dd>{result.grade ?? '—'}</dd></div>
        <div className="tile"><dt>{say('coefficient')}</dt><dd>{decimal(result.coefficient)}</dd></div>
      </dl>
      <Space wrap>
        <Link to={`/print/scorecard/${found.period}/${encodeURIComponent(found.staff_no)}?run=${found.run}`}>{say('print')}</Link>
        {can('run.verify') && <Link to={`/audit/lineage?${to}&person=${encodeURIComponent(found.staff_no)}`}>{say('lineage')}</Link>}
      </Space>
      <section aria-label={say('explained')}>
        <h3>{say('explained')}</h3>
        <ol className="trace">
          {found.trace.map((line, i) => <li key={i}>{line}</li>)}
        </ol>
      </section>
    </div>
  )
}
