import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { Dumbbell } from '@/components/charts'
import { Choice } from '@/components/choice'
import { Own, PersonName } from '@/components/content'
import { Page, Section } from '@/components/page'
import { Empty, Failure, Loaded, Loading } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { usePeriods } from '@/lib/context'
import { count, latin, period as periodName, score } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { useVersion, useVersions } from './data'
import { readKept } from './kept'
import { pageTexts } from './page.texts'
import './scorecards.css'

type Simulation = Schema<'Simulation'>
type Example = Simulation['examples'][number]

const unsaved = 'unsaved'

/** A past month, scored again by another version: who moves, and how far. */
export function SimulationPage() {
  const say = useTexts(pageTexts)
  const { code = '' } = useParams()
  const versions = useVersions(code)
  return (
    <Page title={say('simulation', { code })} lead={<Link to={`/scorecards/${encodeURIComponent(code)}`}>{say('back')}</Link>}>
      <Loaded query={versions}>{(list) => <Choices code={code} versions={list} />}</Loaded>
    </Page>
  )
}

function Choices({ code, versions }: { code: string; versions: readonly Schema<'ScorecardVersion'>[] }) {
  const say = useTexts(pageTexts)
  const { me } = useSession()
  const [params, change] = useAddress()
  const periods = usePeriods()
  const kept = readKept(me.username, code)
  const scored = periods.data?.filter((one) => one.state === 'published' || one.state === 'closed')
  const period = params.get('period') ?? scored?.[0]?.code ?? periods.data?.[0]?.code
  const by = params.get('by') ?? (kept ? unsaved : String(versions[0]?.number ?? ''))
  const version = useVersion(code, by === unsaved ? undefined : Number(by))
  const definition = by === unsaved ? kept?.definition : version.data?.definition
  if (periods.data && !period) return <Empty title={say('noPeriod')} />
  const options = [
    ...(kept ? [{ value: unsaved, label: say('unsavedVersion') }] : []),
    ...versions.map((one) => ({ value: String(one.number), label: `${say('versionOf', { number: one.number })} · ${say(one.state)}` })),
  ]
  return (
    <>
      <div className="filter-bar">
        <label className="filter"><span>{say('simulationPeriod')}</span>
          <Choice aria-label={say('simulationPeriod')} value={period} onChange={(to) => change({ period: to })} options={periods.data?.map((one) => ({ value: one.code, label: periodName(one.code) }))} />
        </label>
        <label className="filter"><span>{say('simulationBy')}</span>
          <Choice aria-label={say('simulationBy')} value={by} onChange={(to) => change({ by: to })} options={options} />
        </label>
      </div>
      {version.error ? <Failure error={version.error} onRetry={() => void version.refetch()} /> : null}
      {period && definition && <Outcome code={code} period={period} definition={definition} by={options.find((one) => one.value === by)?.label ?? by} />}
    </>
  )
}

function Outcome({ code, period, definition, by }: { code: string; period: string; definition: Record<string, unknown>; by: string }) {
  const say = useTexts(pageTexts)
  const query = useQuery({
    queryKey: ['simulation', code, period, JSON.stringify(definition)],
    queryFn: async () =>
      (await api.POST('/scorecards/{scorecard}/simulations', { params: { path: { scorecard: code } }, body: { period, definition } })).data as Simulation,
    staleTime: 60_000,
  })
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <><p className="muted" role="status">{say('loading')}</p><Loading rows={10} /></>
  const { data } = query
  if (data.members === 0) return <Empty title={say('nobody')} />
  return (
    <>
      <p className="page-lead">{say('simulationLead', { version: by, period: periodName(period), run: data.run })}</p>
      <dl className="tiles">
        {([['members', data.members], ['changed', data.changed], ['moved', data.moved ?? 0]] as const).map(([name, n]) => (
          <div key={name} className="tile"><dt>{say(name)}</dt><dd>{count(n)}</dd></div>
        ))}
      </dl>
      <div className="columns">
        <Section title={say('moves')}><Moves simulation={data} /></Section>
        <section className="section"><Widest examples={data.examples} /></section>
      </div>
      <Movers examples={data.examples} moved={data.moved ?? 0} />
    </>
  )
}

/** How many go from which grade to which. */
function Moves({ simulation }: { simulation: Simulation }) {
  const say = useTexts(pageTexts)
  const { grades, moves } = simulation
  const name = (grade: string) => grade || say('noGrade')
  const shown = grades.filter((grade) => grade !== '' || moves.some((move) => move.before === '' || move.after === ''))
  return (
    <div className="chart-table" role="region" aria-label={say('moves')} tabIndex={0}>
      <table className="figures grade-moves">
        <thead><tr><th scope="col">{say('movesFrom')}</th>{shown.map((grade) => <th key={grade} scope="col" className="numeric">{name(grade)}</th>)}</tr></thead>
        <tbody>
          {shown.map((before) => (
            <tr key={before}>
              <th scope="row">{name(before)}</th>
              {shown.map((after) => {
                const n = moves.find((move) => move.before === before && move.after === after)?.members ?? 0
                return <td key={after} className={`numeric ${before === after ? 'same' : n > 0 ? 'moved' : ''}`}>{n > 0 ? count(n) : ''}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Widest({ examples }: { examples: readonly Example[] }) {
  const say = useTexts(pageTexts)
  const change = (one: Example) => Math.abs(Number(one.after_total ?? 0) - Number(one.before_total ?? 0))
  const pairs = [...examples].filter((one) => one.before_total && one.after_total && one.before_total !== one.after_total).sort((a, b) => change(b) - change(a)).slice(0, 15)
    .map((one) => ({ key: one.staff_no, label: `${latin(one)} ${one.staff_no}`, before: one.before_total, after: one.after_total }))
  if (pairs.length === 0) return <p className="muted">{say('noChange')}</p>
  return <Dumbbell name="widest" title={say('dumbbell')} summary={say('dumbbellSummary', { n: pairs.length })} pairs={pairs} head={say('person')} />
}

function Movers({ examples, moved }: { examples: readonly Example[]; moved: number }) {
  const say = useTexts(pageTexts)
  const movers = examples.filter((one) => (one.before_grade ?? '') !== (one.after_grade ?? ''))
  return (
    <Section title={say('movers')} extra={movers.length < moved ? <span className="muted">{say('first', { n: movers.length })}</span> : undefined}>
      {movers.length === 0
        ? <p className="muted">{say('noMovers')}</p>
        : (
          <div className="chart-table" role="region" aria-label={say('movers')} tabIndex={0}>
            <table className="figures">
              <thead>
                <tr>
                  <th scope="col">{say('person')}</th><th scope="col">{say('staffNo')}</th><th scope="col">{say('unit')}</th>
                  <th scope="col" className="numeric">{say('oldTotal')}</th><th scope="col" className="numeric">{say('newTotal')}</th>
                  <th scope="col">{say('oldGrade')}</th><th scope="col">{say('newGrade')}</th>
                </tr>
              </thead>
              <tbody>
                {movers.map((one) => (
                  <tr key={one.staff_no}>
                    <th scope="row"><PersonName person={one} /></th><td>{one.staff_no}</td><td><Own text={one.unit_name ?? one.unit} /></td>
                    <td className="numeric">{score(one.before_total)}</td><td className="numeric">{score(one.after_total)}</td>
                    <td>{one.before_grade ?? say('noGrade')}</td><td>{one.after_grade ?? say('noGrade')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </Section>
  )
}
