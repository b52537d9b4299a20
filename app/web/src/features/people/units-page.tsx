import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Tag } from 'antd'
import dayjs from 'dayjs'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { AsOfFilter, ever, useAsOf } from './as-of'
import './people.css'
import { peopleTexts } from './texts'
import { type Branch, type Unit, matching, treeOf } from './tree'
import { UnitPanel } from './unit-panel'
import { Own } from '@/components/content'
import { FilterBar, SearchFilter } from '@/components/filter-bar'
import { LinkButton } from '@/components/link-button'
import { Page } from '@/components/page'
import { Empty, Loaded, NoMatch } from '@/components/states'
import { api } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'

/** All units that were open on a day; those that are closed too, without a day. */
async function allUnits(on: string | undefined): Promise<Unit[]> {
  const units: Unit[] = []
  let cursor: string | undefined
  do {
    const { data } = await api.GET('/units', { params: { query: { on, cursor, limit: 200 } } })
    units.push(...(data?.items ?? []))
    cursor = data?.next
  } while (cursor)
  return units
}

/** So many units are shown unfolded: they fit on a page. */
const fewUnits = 60

const filters = ['search', 'on'] as const

/** The tree of the units as of a day, each with its facts a click away. */
export function UnitsPage() {
  const say = useTexts(peopleTexts)
  const { can } = useSession()
  const [params, change] = useAddress()
  const { asked, on } = useAsOf()
  const units = useQuery({ queryKey: ['units', 'tree', on], queryFn: () => allUnits(on), placeholderData: (old) => old })
  const tree = useMemo(() => treeOf(units.data ?? []), [units.data])
  const search = params.get('search') ?? ''
  const shown = useMemo(() => matching(tree, search), [tree, search])
  const clear = () => change(Object.fromEntries(filters.map((name) => [name, undefined])))
  const nothing = search !== '' ? <NoMatch onClear={clear} />
    : asked ? <Empty title={say('noneOpen')} action={<Button onClick={clear}>{say('today')}</Button>} />
      : <Empty title={say('noUnits')} action={can('unit.manage') && <LinkButton to="/imports/new?kind=units">{say('import')}</LinkButton>}>{say('noUnitsHow')}</Empty>
  return (
    <Page title={say('units')} lead={units.data && say('unitsOpen', { n: units.data.length })}>
      <FilterBar names={filters}>
        <SearchFilter name="search" label={say('search')} placeholder={say('searchUnit')} />
        {asked !== ever && <AsOfFilter />}
        <Checkbox checked={asked === ever} onChange={(event) => change({ on: event.target.checked ? ever : undefined })}>{say('closedToo')}</Checkbox>
      </FilterBar>
      <Loaded query={units} rows={10}>
        {() => shown.length === 0 ? nothing : (
          <nav className="section people-tree" aria-label={say('unitList')}>
            <Level branches={shown} depth={0} open={search !== '' || (units.data?.length ?? 0) <= fewUnits} key={search} />
          </nav>
        )}
      </Loaded>
      {asked !== undefined && asked !== ever && <p className="muted">{say('treeNow')}</p>}
      <UnitPanel on={on} />
    </Page>
  )
}

function Level({ branches, depth, open }: { branches: readonly Branch[]; depth: number; open: boolean }) {
  return <ul>{branches.map((branch) => <Node key={branch.unit.code} branch={branch} depth={depth} open={open} />)}</ul>
}

function Node({ branch, depth, open }: { branch: Branch; depth: number; open: boolean }) {
  const say = useTexts(peopleTexts)
  const [params] = useAddress()
  const [unfolded, unfold] = useState(open || depth < 1)
  const { unit, below } = branch
  const address = new URLSearchParams(params)
  address.set('chosen', unit.code)
  return (
    <li>
      <div className="people-node">
        {below.length > 0
          ? <Button type="text" size="small" aria-expanded={unfolded} aria-label={`${say('below')} ${unit.name}`} icon={unfolded ? <CaretDownOutlined /> : <CaretRightOutlined />} onClick={() => unfold(!unfolded)} />
          : <span className="people-leaf" />}
        <Link to={`?${address.toString()}`} preventScrollReset aria-current={params.get('chosen') === unit.code ? 'true' : undefined}><Own text={unit.name} /></Link>
        <span className="muted figure">{unit.code}</span>
        <span className="muted">{say(unit.level)}</span>
        {isClosed(unit) && <Tag>{say('closedTag')}</Tag>}
        {branch.count > 0 && <span className="muted figure">{say('unitsOpen', { n: branch.count })}</span>}
      </div>
      {unfolded && below.length > 0 && <Level branches={below} depth={depth + 1} open={open} />}
    </li>
  )
}

const isClosed = (unit: Unit): boolean => unit.closed_on !== undefined && unit.closed_on < dayjs().format('YYYY-MM-DD')
