import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link } from 'react-router'
import { Own } from '@/components/content'
import { LinkButton } from '@/components/link-button'
import { NoPeriod } from '@/components/no-period'
import { Page } from '@/components/page'
import { Empty, Loaded } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { useContextBar } from '@/lib/context'
import { count } from '@/lib/format'
import { grouped } from '@/lib/grouped'
import { content, useLanguage, useTexts } from '@/lib/text'
import { heat, inks, useScheme } from '@/lib/theme'
import { texts } from './texts'
import './data.css'

type Coverage = Schema<'Coverage'>
type Cell = Coverage['units'][number]['cells'][number]

/** How much of the month's data is there: units by sources. */
export function CoveragePage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { period, unit, set } = useContextBar()
  const query = useQuery({
    queryKey: ['coverage', period, unit, language],
    enabled: period !== undefined,
    queryFn: async () => (await api.GET('/periods/{period}/coverage', { params: { path: { period: period ?? '' }, query: { unit } } })).data as Coverage,
  })
  if (!period) return <NoPeriod title={say('coverage')} />
  return (
    <Page title={say('coverage')} lead={say('coverageLead')}
      actions={<><LinkButton to={`/targets?period=${period}`}>{say('targets')}</LinkButton><LinkButton type="primary" to="/imports/new?kind=actuals">{say('imports')}</LinkButton></>}>
      {unit && <div><Button onClick={() => set({ unit: undefined })}>{say('top')}</Button></div>}
      <Loaded query={query}>
        {(coverage) => coverage.sources.length === 0 || coverage.units.length === 0
          ? <Empty title={say('none')} action={<Link to={`/assignments?period=${period}`}>{say('assignments')}</Link>}>{say('noneHow')}</Empty>
          : <HeatTable coverage={coverage} onOpen={(code) => set({ unit: code })} />}
      </Loaded>
    </Page>
  )
}

function HeatTable({ coverage, onOpen }: { coverage: Coverage; onOpen: (unit: string) => void }) {
  const say = useTexts(texts)
  const sourceName = (source: Coverage['sources'][number] | undefined) => (source ? say('source', { kind: say(`kind_${source.kind}`), name: content(source.name) }) : '')
  return (
    <>
      <div className="table-scroll" role="region" aria-label={say('coverage')} tabIndex={0}>
        <table className="plain coverage">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>{say('unit')}</th>
              {[...grouped(coverage.sources, (source) => source.kind)].map(([kind, sources]) => <th scope="colgroup" key={kind} colSpan={sources.length}>{say(`kind_${kind}`)}</th>)}
            </tr>
            <tr>{coverage.sources.map((source) => <th scope="col" key={source.key}>{content(source.name)}</th>)}</tr>
          </thead>
          <tbody>
            {coverage.units.map((row) => (
              <tr key={row.unit}>
                <th scope="row">{row.has_parts && row.unit !== coverage.unit ? <Button type="link" onClick={() => onOpen(row.unit)}><Own text={row.name} /></Button> : <Own text={row.name} />}</th>
                {row.cells.map((cell, i) => <HeatCell key={coverage.sources[i]?.key ?? i} cell={cell} unit={row.name} source={sourceName(coverage.sources[i])} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted">{say('legend')}</p>
    </>
  )
}

/** The step of five that a share falls on; the last is for all alone. */
export function stepOf(cell: Cell): number {
  if (cell.present >= cell.expected) return 4
  return Math.min(3, Math.floor((4 * cell.present) / cell.expected))
}

function HeatCell({ cell, unit, source }: { cell: Cell; unit: string; source: string }) {
  const say = useTexts(texts)
  const scheme = useScheme()
  if (cell.expected === 0) return <td className="coverage-cell none"><span aria-hidden="true">·</span><span className="sr-only">{say('notExpected')}</span></td>
  const paint = heat[scheme][stepOf(cell)]
  const missing = cell.expected - cell.present
  return (
    <td className="coverage-cell" style={{ background: paint?.fill, color: paint?.text ?? inks[scheme].text }} title={say('cell', { unit, source, present: cell.present, expected: cell.expected })}>
      <span aria-hidden="true">{missing === 0 ? '✓' : `−${count(missing)}`}</span>
      <span className="sr-only">{say('cell', { unit, source, present: cell.present, expected: cell.expected })}</span>
    </td>
  )
}
