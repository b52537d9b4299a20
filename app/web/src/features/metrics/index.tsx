import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link } from 'react-router'
import { DataTable } from '@/components/data-table'
import { FilterBar, SearchFilter } from '@/components/filter-bar'
import { Page } from '@/components/page'
import { SidePanel } from '@/components/side-panel'
import { Empty, NoMatch } from '@/components/states'
import { type Schema, api, usePaged } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { MetricPanel } from './panel'
import { texts } from './texts'
import './metrics.css'

type Metric = Schema<'Metric'>

/** The bank's metrics, with who uses each. */
export function MetricsPage() {
  const say = useTexts(texts)
  const { can } = useSession()
  const [params, change] = useAddress()
  const sort = params.get('sort') ?? undefined
  const list = usePaged(['metrics', 'paged', sort], async (cursor) => (await api.GET('/metrics', { params: { query: { sort, cursor, limit: 200 } } })).data ?? { items: [] })
  const search = (params.get('search') ?? '').toLowerCase()
  const rows = list.rows?.filter((row) => `${row.code}\n${row.name}`.toLowerCase().includes(search))
  const open = params.get('metric') ?? undefined
  const create = can('metric.manage') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => change({ metric: 'new:' }, { push: true })}>{say('make')}</Button>
  )
  const close = () => change({ metric: undefined, like: undefined })
  return (
    <Page title={say('title')} lead={say('lead')} actions={create}>
      <FilterBar names={['search']}><SearchFilter name="search" label={say('search')} placeholder={say('hint')} /></FilterBar>
      <DataTable<Metric> label={say('title')} list={{ ...list, rows }} rowKey={(row) => row.code}
        empty={search ? <NoMatch onClear={() => change({ search: undefined })} /> : <Empty title={say('empty')} action={<><Link to="/imports/new">{say('import')}</Link>{create}</>}>{say('emptyHow')}</Empty>}
        columns={[
          {
            key: 'name', title: say('name'), sort: 'name',
            render: (_, row) => <Button type="link" className="metric-open" onClick={() => change({ metric: row.code }, { push: true })}>{row.name}</Button>,
          },
          { key: 'code', title: say('code'), sort: 'code', dataIndex: 'code' },
          { key: 'unit_of_measure', title: say('measure'), dataIndex: 'unit_of_measure' },
          { key: 'decimals', title: say('decimals'), dataIndex: 'decimals', numeric: true },
        ]} />
      <SidePanel open={open !== undefined} title={open === 'new:' ? say('make') : (list.rows?.find((row) => row.code === open)?.name ?? open ?? '')} onClose={close}>
        {open !== undefined && <MetricPanel key={open} code={open === 'new:' ? undefined : open} like={params.get('like') ?? undefined} onSaved={(code) => change({ metric: code, like: undefined })}
          onCopy={(code) => change({ metric: 'new:', like: code }, { push: true })} />}
      </SidePanel>
    </Page>
  )
}
