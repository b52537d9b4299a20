import { Checkbox, Segmented } from 'antd'
import { Link, useNavigate } from 'react-router'
import { LineChart } from '@/components/charts'
import { Own } from '@/components/content'
import { cardChanges, gradeMarks, itemNames, itemsOf, monthsOf, totalsOf, useExplanation, useResults } from '@/components/explanation'
import { Page, Section } from '@/components/page'
import { Empty, Loaded } from '@/components/states'
import type { Schema } from '@/lib/api'
import { period as periodName, score } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { texts } from './texts'
import './me.css'

type MemberResult = Schema<'MemberResult'>
const spans = [12, 24] as const
const most = 3

/** One's totals and items through the months. */
export function HistoryPage() {
  const say = useTexts(texts)
  const { me } = useSession()
  const [params, change] = useAddress()
  const span = params.get('months') === '24' ? 24 : 12
  const query = useResults(me.staff_no, span)
  if (me.staff_no === undefined) return <Page title={say('historyTitle')}><Empty title={say('noStaff')} /></Page>
  return (
    <Page title={say('historyTitle')}
      actions={<Segmented aria-label={say('months')} value={span} onChange={(n) => change({ months: n === 24 ? '24' : undefined })}
        options={spans.map((n) => ({ value: n, label: say('lastMonths', { n }) }))} />}>
      <Loaded query={query} rows={10}>
        {(results) => (results.length === 0 ? <Empty title={say('never')}>{say('neverHow')}</Empty> : <History results={results} />)}
      </Loaded>
    </Page>
  )
}

function History({ results }: { results: readonly MemberResult[] }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const navigate = useNavigate()
  const { me } = useSession()
  const [params, change] = useAddress()
  const latest = useExplanation(results[0]?.period, me.staff_no)
  const months = monthsOf(results)
  const names = itemNames(results)
  const asked = params.getAll('item').filter((key) => names.has(key))
  const chosen = asked.length > 0 ? asked.slice(0, most) : [...names.keys()].slice(0, 2)
  const labels = months.map((month) => periodName(month))
  const changes = cardChanges(results, months).map((month) => ({ month, label: say('cardChanged') }))
  const bands = latest.data ? gradeMarks(latest.data).map(({ at, label }) => ({ from: at, label })) : []
  const open = (at: number) => void navigate(`/me/scorecard?period=${months[at]}`)
  return (
    <>
      <div className="section">
        <LineChart name="trend" title={say('trend')} summary={say('trendSummary', { n: results.length, last: score(results[0]?.result.total) })}
          months={labels} series={[totalsOf(results, months, say('total'))]} bands={bands} changes={changes} onOpen={open} />
      </div>
      <div className="section">
        <fieldset className="choices">
          <legend>{say('chooseItems')}</legend>
          <Checkbox.Group value={chosen} onChange={(keys) => change({ item: (keys as string[]).slice(0, most) })}
            options={[...names].map(([value, label]) => ({ value, label, disabled: chosen.length >= most && !chosen.includes(value) }))} />
        </fieldset>
        <LineChart name="items" title={say('trendItems')} summary={chosen.map((key) => names.get(key)).join(language === 'zh' ? '、' : ', ')} months={labels}
          series={itemsOf(results, months, chosen)} changes={changes} />
      </div>
      <Section title={say('month')}>
        <Months results={results} />
      </Section>
    </>
  )
}

function Months({ results }: { results: readonly MemberResult[] }) {
  const say = useTexts(texts)
  return (
    <div className="table-scroll" role="region" aria-label={say('historyTitle')} tabIndex={0}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{say('month')}</th>
            <th scope="col" className="numeric">{say('total')}</th>
            <th scope="col">{say('grade')}</th>
            <th scope="col" className="numeric">{say('coefficient')}</th>
            <th scope="col">{say('unit')}</th>
          </tr>
        </thead>
        <tbody>
          {results.map(({ period, result }) => (
            <tr key={period}>
              <th scope="row"><Link to={`/me/scorecard?period=${period}`} aria-label={say('open', { period: periodName(period) })}>{periodName(period)}</Link></th>
              <td className="numeric">{score(result.total)}</td>
              <td>{result.grade ?? '—'}</td>
              <td className="numeric">{result.coefficient ?? '—'}</td>
              <td><Own text={result.unit_name ?? result.unit} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
