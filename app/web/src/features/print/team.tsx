import { useQuery } from '@tanstack/react-query'
import { useParams, useSearchParams } from 'react-router'
import { Own, PersonName } from '@/components/content'
import { Empty } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { period as periodName, score } from '@/lib/format'
import { content, useLanguage, useTexts } from '@/lib/text'
import { LoadedSheet, PrintFrame, Sheet } from './sheet'
import { texts } from './texts'

type Row = Schema<'ItemResultRow'>

interface Found {
  run: number
  published: boolean
  rules: string | undefined
  unit: string | undefined
  rows: Row[]
}

/** Reads every page of the results, and what was used to calculate them. */
async function everything(period: string, unit: string | undefined): Promise<Found> {
  const found: Found = { run: 0, published: false, rules: undefined, unit: undefined, rows: [] }
  let cursor: string | undefined
  do {
    const { data } = await api.GET('/periods/{period}/item-results', { params: { path: { period }, query: { unit, cursor, limit: 200 } } })
    found.rows.push(...(data?.items ?? []))
    found.run = data?.run ?? found.run
    found.published = data?.published ?? found.published
    cursor = data?.next || undefined
  } while (cursor)
  const runs = await api.GET('/periods/{period}/runs', { params: { path: { period }, query: { limit: 100 } } })
  found.rules = runs.data?.items.find((run) => run.number === found.run)?.rules
  found.unit = found.rows.find((row) => row.result.unit === unit)?.result.unit_name ?? unit
  return found
}

/** Everybody of a unit on paper: a table for each scorecard. */
export function PrintTeamPage() {
  return <PrintFrame><TeamSheet /></PrintFrame>
}

function TeamSheet() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { period = '' } = useParams()
  const [params] = useSearchParams()
  const unit = params.get('unit') ?? undefined
  const query = useQuery({ queryKey: ['print-team', period, unit, language], queryFn: () => everything(period, unit) })
  return (
    <LoadedSheet query={query} title={say('teamTitle')}>
      {(found) => (
        <Sheet title={say('teamTitle')} run={found.run} rules={found.rules} published={found.published} landscape>
          <dl className="print-facts">
            <div><dt>{say('period')}</dt><dd>{periodName(period)}</dd></div>
            <div><dt>{say('unit')}</dt><dd>{found.unit ? <Own text={found.unit} /> : say('allUnits')}</dd></div>
            <div><dt>{say('total')}</dt><dd>{say('people', { n: found.rows.length })}</dd></div>
          </dl>
          {found.rows.length === 0 && <Empty title={say('none')} />}
          {[...new Set(found.rows.map((row) => row.result.scorecard))].map((card) => (
            <CardTable key={card} rows={found.rows.filter((row) => row.result.scorecard === card)} />
          ))}
        </Sheet>
      )}
    </LoadedSheet>
  )
}

function CardTable({ rows }: { rows: Row[] }) {
  const say = useTexts(texts)
  const items = new Map(rows.flatMap((row) => row.items.map((item) => [item.item, content(item.name)])))
  return (
    <table className="print-table print-team">
      <caption>{`${rows[0]?.result.position ?? ''} · ${say('people', { n: rows.length })}`}</caption>
      <thead>
        <tr>
          <th scope="col">{say('staffNo')}</th>
          <th scope="col">{say('name')}</th>
          <th scope="col">{say('unit')}</th>
          {[...items].map(([key, name]) => <th key={key} scope="col" className="numeric">{name}</th>)}
          <th scope="col" className="numeric">{say('total')}</th>
          <th scope="col">{say('grade')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ result, items: scores }) => (
          <tr key={result.staff_no}>
            <td>{result.staff_no}</td>
            <th scope="row"><PersonName person={result} /></th>
            <td><Own text={result.unit_name ?? result.unit} /></td>
            {[...items.keys()].map((key) => <td key={key} className="numeric">{score(scores.find((one) => one.item === key)?.score)}</td>)}
            <td className="numeric strong">{result.status === 'complete' ? score(result.total) : say(result.status)}</td>
            <td>{result.grade ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
