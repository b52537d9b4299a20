import { useQuery } from '@tanstack/react-query'
import { Tag, Typography } from 'antd'
import { Link } from 'react-router'
import { Own } from '@/components/content'
import { FilterBar, SearchFilter } from '@/components/filter-bar'
import { Page, Section } from '@/components/page'
import { Empty, Loaded } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { useContextBar } from '@/lib/context'
import { instantExact, latin, score } from '@/lib/format'
import { content, useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { texts } from './texts'
import './audit.css'

type Lineage = Schema<'Lineage'>
type Input = Schema<'LineageInput'>

/** Where every figure of one result comes from. */
export function LineagePage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { period } = useContextBar()
  const [params] = useAddress()
  const person = params.get('person') ?? ''
  const run = Number(params.get('run')) || undefined
  const query = useQuery({
    queryKey: ['lineage', period, person, run, language],
    enabled: period !== undefined && person !== '',
    queryFn: async () => (await api.GET('/periods/{period}/results/{staff_no}/lineage', { params: { path: { period: period ?? '', staff_no: person }, query: { run } } })).data as Lineage,
  })
  return (
    <Page title={query.data ? say('lineageOf', { name: latin(query.data), no: query.data.staff_no }) : say('lineage')} lead={say('lineageLead')}>
      <FilterBar names={['person', 'run']}><SearchFilter name="person" label={say('staff_no')} /></FilterBar>
      {person === '' ? <Empty title={say('choose')}>{say('chooseHow')}</Empty> : <Loaded query={query}>{(lineage) => <Found lineage={lineage} />}</Loaded>}
    </Page>
  )
}

const Digest = ({ text }: { text: string | undefined }) =>
  text ? <Typography.Text code copyable={{ text }} className="digest">{text}</Typography.Text> : <>—</>

function Found({ lineage }: { lineage: Lineage }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { run, result } = lineage
  return (
    <>
      <ol className="lineage">
        <li>
          <Section title={say('result')}>
            <dl className="facts">
              <dt>{say('total')}</dt><dd className="figure">{score(result.total)}</dd>
              <dt>{say('grade')}</dt><dd>{result.grade ?? '—'}</dd>
              <dt>{say('resultSha')}</dt><dd><Digest text={lineage.result_sha256} /></dd>
            </dl>
          </Section>
        </li>
        <li>
          <Section title={say('run')} extra={<Link to={`/runs?period=${lineage.period}`}>{say('again')}</Link>}>
            <p>{say('runLine', { run: run.number, who: run.made_by, at: instantExact(run.finished_at, language) })}</p>
            <dl className="facts">
              <dt>{say('rules')}</dt><dd>{run.rules}</dd>
              <dt>{say('digest')}</dt><dd><Digest text={run.digest} /></dd>
              <dt>{say('inputSha')}</dt><dd><Digest text={lineage.input_sha256} /></dd>
            </dl>
          </Section>
        </li>
        <li>
          <Section title={say('scorecards')}>
            <dl className="facts">
              {lineage.scorecards.map((card) => (
                <div key={`${card.code}|${card.number}`} className="fact">
                  <dt><Link to={`/scorecards/${card.code}`}>{say('version', { name: content(card.name) || card.code, n: card.number })}</Link></dt>
                  <dd><Digest text={card.sha256} /></dd>
                </div>
              ))}
            </dl>
          </Section>
        </li>
      </ol>
      <Section title={say('inputs')}><Inputs inputs={lineage.inputs} /></Section>
    </>
  )
}

function Inputs({ inputs }: { inputs: readonly Input[] }) {
  const say = useTexts(texts)
  const language = useLanguage()
  return (
    <div className="table-scroll" role="region" aria-label={say('inputs')} tabIndex={0}>
      <table className="plain lineage-inputs">
        <thead>
          <tr>
            <th scope="col">{say('unit')}</th><th scope="col">{say('item')}</th><th scope="col">{say('figure')}</th><th scope="col" className="numeric">{say('value')}</th>
            <th scope="col">{say('source')}</th><th scope="col">{say('actor')}</th><th scope="col">{say('at')}</th>
          </tr>
        </thead>
        <tbody>
          {inputs.map((input, i) => (
            <tr key={i}>
              <td><Own text={input.unit_name ?? input.unit} /></td>
              <td>{content(input.item_name) || input.item}</td>
              <td><Own text={input.field} /></td>
              <td className="numeric"><Own text={input.value} /></td>
              <td>
                {input.batch ? <Link to={`/batches/${input.batch}`}>{input.file && input.row ? say('row', { file: input.file, row: input.row }) : say('batch', { batch: input.batch })}</Link> : say('typed')}
                {input.superseded && <> <Tag color="warning">{say('superseded')}</Tag></>}
              </td>
              <td>{input.made_by}</td>
              <td className="nowrap">{instantExact(input.made_at, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
