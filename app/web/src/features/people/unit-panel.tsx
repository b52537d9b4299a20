import { useQuery } from '@tanstack/react-query'
import { Button, Space, Tag } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { peopleTexts } from './texts'
import type { Unit } from './tree'
import { type Change, UnitChange } from './unit-change'
import { Own } from '@/components/content'
import { SidePanel } from '@/components/side-panel'
import { Loaded } from '@/components/states'
import { api } from '@/lib/api'
import { count, day, missing } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'

/** One unit: what is known of it, who is there, what can be changed. Which one stands in the address. */
export function UnitPanel({ on }: { on: string | undefined }) {
  const say = useTexts(peopleTexts)
  const [code, choose] = useInAddress('chosen')
  const unit = useQuery({
    queryKey: ['units', 'one', code],
    enabled: code !== undefined,
    queryFn: async () => (await api.GET('/units/{unit}', { params: { path: { unit: code ?? '' } } })).data,
  })
  return (
    <SidePanel open={code !== undefined} title={unit.data ? <><Own text={unit.data.name} /> {unit.data.code}</> : say('units')} onClose={() => choose(undefined)}>
      <Loaded query={unit} rows={4}>{(data) => data && <Details key={data.code} unit={data} on={on} />}</Loaded>
    </SidePanel>
  )
}

function useHeadcount(unit: string, on: string | undefined) {
  const { can } = useSession()
  const day = on ?? dayjs().format('YYYY-MM-DD')
  return useQuery({
    queryKey: ['staff', 'count', unit, day],
    enabled: can('staff.read'),
    queryFn: async () => (await api.GET('/staff', { params: { query: { unit, on: day, limit: 1, count: true } } })).data?.total,
  })
}

function Details({ unit, on }: { unit: Unit; on: string | undefined }) {
  const say = useTexts(peopleTexts)
  const { can } = useSession()
  const [, choose] = useInAddress('chosen')
  const [change, make] = useState<Change>()
  const people = useHeadcount(unit.code, on)
  const isClosed = unit.closed_on !== undefined
  const staff = new URLSearchParams({ unit: unit.code })
  if (on && on !== dayjs().format('YYYY-MM-DD')) staff.set('on', on)
  return (
    <div className="people-panel">
      <dl className="facts">
        <dt>{say('code')}</dt><dd className="figure">{unit.code}</dd>
        <dt>{say('level')}</dt><dd>{say(unit.level)} {isClosed && <Tag>{say('closedTag')}</Tag>}</dd>
        <dt>{say('parent')}</dt>
        <dd>{unit.parent ? <Button type="link" size="small" className="people-link" onClick={() => choose(unit.parent)}>{unit.parent}</Button> : missing}</dd>
        <dt>{say('opened')}</dt><dd className="figure">{unit.opened_on ? day(unit.opened_on) : missing}</dd>
        <dt>{say('closed')}</dt><dd className="figure">{unit.closed_on ? day(unit.closed_on) : missing}</dd>
        {can('staff.read') && (
          <>
            <dt>{say('people')}</dt>
            <dd className="figure">{people.data === undefined ? missing : count(people.data)} {people.data ? <Link to={`/staff?${staff.toString()}`}>{say('showStaff')}</Link> : null}</dd>
          </>
        )}
      </dl>
      {can('unit.manage') && (
        <Space wrap>
          {unit.parent && <Button onClick={() => make('move')}>{say('move')}</Button>}
          {isClosed ? <Button onClick={() => make('open')}>{say('open')}</Button> : unit.parent && <Button danger onClick={() => make('close')}>{say('close')}</Button>}
        </Space>
      )}
      <UnitChange unit={unit} change={change} onClose={() => make(undefined)} />
    </div>
  )
}
