import { Checkbox } from 'antd'
import { Link } from 'react-router'
import { AsOfFilter, ever, useAsOf } from './as-of'
import './people.css'
import { PersonPanel } from './person-panel'
import { peopleTexts } from './texts'
import { UnitSelect } from './unit-filter'
import { type Column, DataTable } from '@/components/data-table'
import { ExportView } from '@/components/export-view'
import { FilterBar, SearchFilter } from '@/components/filter-bar'
import { LinkButton } from '@/components/link-button'
import { Page } from '@/components/page'
import { SavedViews } from '@/components/saved-views'
import { Empty, NoMatch } from '@/components/states'
import { type Schema, api, usePaged } from '@/lib/api'
import { day } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'

type Member = Schema<'StaffMember'>

/** The assignment that a row shows: the one in force on the day, else the last. */
const place = (member: Member) => member.assignments.at(-1)

const filters = ['search', 'unit', 'on'] as const

/** Members of the staff as of a day, each with their assignments a click away. */
export function StaffPage() {
  const say = useTexts(peopleTexts)
  const { can } = useSession()
  const [params, change] = useAddress()
  const { asked, on } = useAsOf()
  const query = { search: params.get('search') ?? undefined, unit: params.get('unit') ?? undefined, on, sort: params.get('sort') ?? undefined }
  const list = usePaged(['staff', query], async (cursor) => (await api.GET('/staff', { params: { query: { ...query, cursor, limit: 100, count: cursor === undefined } } })).data ?? { items: [] })
  const isNarrowed = filters.some((name) => params.has(name))
  const columns = useColumns()
  return (
    <Page title={say('staff')}>
      <FilterBar names={filters} extra={<>
        <SavedViews page="staff" />
        <ExportView list="staff" query={query} total={list.total} columns={columns.map(({ key, title }) => ({ name: key, title: String(title) }))} />
      </>}>
        <SearchFilter name="search" label={say('search')} placeholder={say('searchStaff')} />
        {can('unit.read') && <label className="filter"><span>{say('unit')}</span><UnitSelect label={say('unit')} placeholder={say('anyUnit')} value={query.unit} onChange={(unit) => change({ unit })} /></label>}
        {asked !== ever && <AsOfFilter />}
        <Checkbox checked={asked === ever} onChange={(event) => change({ on: event.target.checked ? ever : undefined })}>{say('everybody')}</Checkbox>
      </FilterBar>
      <DataTable<Member> label={say('staff')} list={list} columns={columns} rowKey={(member) => member.staff_no}
        empty={isNarrowed
          ? <NoMatch onClear={() => change(Object.fromEntries(filters.map((name) => [name, undefined])))} />
          : <Empty title={say('noStaff')} action={can('staff.manage') && <LinkButton to="/imports/new?kind=staff">{say('import')}</LinkButton>}>{say('noStaffHow')}</Empty>} />
      <PersonPanel on={on} />
    </Page>
  )
}

function useColumns(): Column<Member>[] {
  const say = useTexts(peopleTexts)
  const [params] = useAddress()
  const to = (no: string) => {
    const next = new URLSearchParams(params)
    next.set('person', no)
    return `?${next.toString()}`
  }
  return [
    { key: 'staff_no', title: say('staffNo'), sort: 'staff_no', className: 'figure', render: (_, m) => <Link to={to(m.staff_no)} preventScrollReset>{m.staff_no}</Link> },
    { key: 'name', title: say('name'), sort: 'name', render: (_, m) => <span lang="zh-CN">{m.name}</span> },
    { key: 'pinyin', title: say('pinyin'), render: (_, m) => <span className="muted" lang="zh-Latn">{m.pinyin}</span> },
    { key: 'unit_name', title: say('unit'), render: (_, m) => place(m)?.unit_name },
    { key: 'position', title: say('position'), render: (_, m) => place(m)?.position },
    { key: 'state', title: say('state'), render: (_, m) => { const at = place(m); return at && say(at.state) } },
    { key: 'from', title: say('since'), className: 'figure', render: (_, m) => day(place(m)?.from) },
    { key: 'hired_on', title: say('hired'), className: 'figure', render: (_, m) => day(m.hired_on) },
  ]
}
