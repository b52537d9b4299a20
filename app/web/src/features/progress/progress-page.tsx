import { useQuery } from '@tanstack/react-query'
import { Progress, Tabs } from 'antd'
import { Own } from '@/components/content'
import { SwitchFilter } from '@/components/filter-bar'
import { NoPeriod } from '@/components/no-period'
import { Page } from '@/components/page'
import { Empty, Loaded } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { useContextBar } from '@/lib/context'
import { count } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { useAddress, useInAddress } from '@/lib/url'
import { Reviewers } from './reviewers'
import { Reviews } from './reviews'
import { roleWords, texts } from './texts'
import './progress.css'

type Row = Schema<'ReviewProgress'>

/** How far the month's reviews are, what was written, and who reviews whom. */
export function ProgressPage() {
  const say = useTexts(texts)
  const { can } = useSession()
  const { period, unit } = useContextBar()
  const [tab, open] = useInAddress('tab')
  if (!period) return <NoPeriod title={say('title')} />
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Tabs aria-label={say('tabs')} activeKey={tab ?? 'progress'} onChange={(key) => open(key === 'progress' ? undefined : key)} destroyOnHidden
        items={[
          { key: 'progress', label: say('tabProgress'), children: <ByUnit period={period} unit={unit} /> },
          { key: 'reviews', label: say('tabReviews'), children: <Reviews period={period} unit={unit} /> },
          ...(can('review.assign') ? [{ key: 'reviewers', label: say('tabReviewers'), children: <Reviewers period={period} unit={unit} /> }] : []),
        ]} />
    </Page>
  )
}

/** What is still to be submitted; there may be more peers than are due. */
const open = (row: Row): number => Math.max(0, row.due - row.submitted)

function ByUnit({ period, unit }: { period: string; unit: string | undefined }) {
  const say = useTexts(texts)
  const [params] = useAddress()
  const onlyOpen = params.get('open') === 'true'
  const query = useQuery({
    queryKey: ['review-progress', period, unit],
    queryFn: async () => (await api.GET('/periods/{period}/review-progress', { params: { path: { period }, query: { unit } } })).data?.items ?? [],
  })
  return (
    <Loaded query={query}>
      {(rows) => {
        const shown = rows.filter((row) => row.due > 0 && (!onlyOpen || open(row) > 0)).sort((a, b) => open(b) - open(a))
        if (rows.every((row) => row.due === 0)) return <Empty title={say('none')}>{say('noneHow')}</Empty>
        return (
          <div className="page">
            <SwitchFilter name="open" label={say('onlyOpen')} />
            <div className="table-scroll" role="region" aria-label={say('tabProgress')} tabIndex={0}>
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">{say('unit')}</th><th scope="col">{say('role')}</th>
                    {(['due', 'missing', 'draft', 'returned', 'submitted'] as const).map((name) => <th key={name} scope="col" className="numeric">{say(name)}</th>)}
                    <th scope="col">{say('share')}</th>
                  </tr>
                </thead>
                <tbody>{shown.map((row) => <UnitRow key={`${row.unit}|${row.role}`} row={row} />)}</tbody>
              </table>
            </div>
          </div>
        )
      }}
    </Loaded>
  )
}

function UnitRow({ row }: { row: Row }) {
  const say = useTexts(texts)
  const percent = Math.min(100, Math.floor((100 * row.submitted) / row.due))
  const role = roleWords(say, row.role)
  return (
    <tr>
      <th scope="row"><Own text={row.unit_name || row.unit} /></th>
      <td>{role}</td>
      {[row.due, Math.max(0, row.due - row.draft - row.submitted - row.returned), row.draft, row.returned, row.submitted].map((n, i) => <td key={i} className="numeric">{count(n)}</td>)}
      <td className="share"><Progress percent={percent} size="small" aria-label={say('shareOf', { unit: row.unit_name || row.unit, role, percent })} /></td>
    </tr>
  )
}
