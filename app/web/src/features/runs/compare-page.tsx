import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { Link } from 'react-router'
import { PersonName } from '@/components/content'
import { type Column, DataTable } from '@/components/data-table'
import { NoPeriod } from '@/components/no-period'
import { Page, Section } from '@/components/page'
import { Empty, Loaded } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { useContextBar } from '@/lib/context'
import { count, listed, score, signed } from '@/lib/format'
import { type Say, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { Scatter } from './scatter'
import { texts } from './texts'

type Difference = Schema<'Difference'>
type Change = Schema<'RunChange'>

/** What changed from one run to another, and why. */
export function ComparePage() {
  const say = useTexts(texts)
  const { period } = useContextBar()
  const [params] = useAddress()
  const before = Number(params.get('before') ?? 0)
  const after = Number(params.get('after') ?? 0)
  const query = useQuery({
    queryKey: ['runs', period, 'difference', before, after],
    enabled: period !== undefined && before > 0 && after > 0,
    queryFn: async () => (await api.GET('/periods/{period}/runs/difference', { params: { path: { period: period ?? '' }, query: { before, after } } })).data as Difference,
  })
  if (!period) return <NoPeriod title={say('compare')} />
  const back = <Link to={`/runs?period=${period}`}>{say('title')}</Link>
  if (!before || !after) return <Page title={say('compare')} lead={back}><Empty title={say('choose')} action={back} /></Page>
  return (
    <Page title={say('compareTitle', { before, after })} lead={back}>
      <Loaded query={query}>{(difference) => <Found difference={difference} period={period} />}</Loaded>
    </Page>
  )
}

function Found({ difference, period }: { difference: Difference; period: string }) {
  const say = useTexts(texts)
  const { compared, changed, rank_only: rankOnly, new: added, gone } = difference
  return (
    <>
      <dl className="tiles">
        {([['compared', compared], ['changed', changed], ['rankOnly', rankOnly], ['added', added], ['gone', gone]] as const).map(([key, n]) => (
          <div className="tile" key={key}><dt>{say(key)}</dt><dd>{count(n)}</dd></div>
        ))}
      </dl>
      {difference.changes.length === 0 ? <Alert type="success" showIcon title={say('same')} /> : <Changes difference={difference} period={period} />}
    </>
  )
}

function Changes({ difference, period }: { difference: Difference; period: string }) {
  const say = useTexts(texts)
  const columns: Column<Change>[] = [
    {
      key: 'member', title: say('member'),
      render: (_, c) => <Link to={`/results?period=${period}&run=${difference.after}&person=${encodeURIComponent(c.staff_no)}`}><PersonName person={c} /> {c.staff_no}</Link>,
    },
    { key: 'before', title: say('before'), numeric: true, render: (_, c) => score(c.before?.total) },
    { key: 'after', title: say('after'), numeric: true, render: (_, c) => score(c.after?.total) },
    { key: 'change', title: say('change'), numeric: true, render: (_, c) => signed(c.change) },
    { key: 'grade', title: say('grade'), render: (_, c) => grades(c, say('noRank')) },
    { key: 'why', title: say('why'), className: 'wrap', render: (_, c) => <ul className="reasons">{reasons(c, say).map((reason) => <li key={reason}>{reason}</li>)}</ul> },
  ]
  return (
    <>
      <Section title={say('scatter')}><Scatter changes={difference.changes} /></Section>
      <DataTable label={say('changed')} columns={columns} rowKey={(c) => c.staff_no} empty={null}
        list={{ rows: difference.changes, error: undefined, refetch: () => undefined, hasMore: false, loadMore: () => undefined, loadingMore: false }} />
      {difference.more && <p className="muted">{say('more')}</p>}
    </>
  )
}

function grades(c: Change, none: string): string {
  const before = c.before?.grade ?? none
  const after = c.after?.grade ?? none
  return before === after ? after : `${before} → ${after}`
}

function reasons(c: Change, say: Say<keyof typeof texts.words>): string[] {
  return [
    ...c.items.map((item) => say('item', { item: item.item, before: score(item.before?.score), after: score(item.after?.score) }) + (item.peers ? say('byPeers') : '')),
    ...(c.moved ? [say('moved')] : []),
    ...(c.adjustments ? [say('adjustments')] : []),
    ...(c.vetoes ? [say('vetoes')] : []),
    ...(c.scorecards?.length ? [say('scorecards', { names: listed(c.scorecards) })] : []),
  ]
}
