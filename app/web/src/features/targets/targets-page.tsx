import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { ExportView } from '@/components/export-view'
import { FilterBar, SearchFilter, SwitchFilter } from '@/components/filter-bar'
import { NoPeriod } from '@/components/no-period'
import { Page } from '@/components/page'
import { Empty, Loaded, NoMatch } from '@/components/states'
import { useContextBar } from '@/lib/context'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { TargetGrid } from './target-grid'
import { most, readTargets } from './rows'
import { texts } from './texts'
import './targets.css'

const filters = ['search', 'missing'] as const

/** The columns of the workbook: those of the grid, with the unit of measure apart, as figures stand alone in cells. */
const exported = ['name', 'staff_no', 'unit_name', 'metric_name', 'unit_of_measure', 'target', 'baseline', 'actual'] as const

/** The targets of the month, written as in a spreadsheet. */
export function TargetsPage() {
  const say = useTexts(texts)
  const { period, unit } = useContextBar()
  const [params, change] = useAddress()
  const asked = { unit, search: params.get('search') ?? undefined, missing: params.get('missing') === 'true' || undefined }
  const query = useQuery({
    queryKey: ['targets', period, asked],
    enabled: period !== undefined,
    staleTime: Infinity,
    queryFn: () => readTargets(period ?? '', asked),
  })
  if (!period) return <NoPeriod title={say('title')} />
  return (
    <Page title={say('title')} lead={say('lead')}
      actions={<ExportView list="targets" period={period} query={asked} total={query.data?.total} columns={exported.map((name) => ({ name, title: say(name === 'unit_name' ? 'unit' : name === 'metric_name' ? 'metric' : name) }))} />}>
      <FilterBar names={filters}>
        <SearchFilter name="search" label={say('search')} placeholder={say('searchHint')} />
        <SwitchFilter name="missing" label={say('missing')} />
      </FilterBar>
      <Loaded query={query} rows={12}>
        {({ rows, more }) => {
          if (rows.length > 0) {
            return (
              <>
                {more && <Alert type="info" showIcon title={say('most', { n: most })} />}
                <TargetGrid key={`${period}|${JSON.stringify(asked)}`} period={period} rows={rows} onSaved={() => void query.refetch()} />
              </>
            )
          }
          return filters.some((f) => params.has(f)) ? <NoMatch onClear={() => change({ search: undefined, missing: undefined })} /> : <Empty title={say('none')}>{say('noneHow')}</Empty>
        }}
      </Loaded>
    </Page>
  )
}
