import { DatePicker, Tag } from 'antd'
import dayjs from 'dayjs'
import { Link } from 'react-router'
import { type Column, DataTable } from '@/components/data-table'
import { ExportView } from '@/components/export-view'
import { ChoiceFilter, FilterBar, SearchFilter, SwitchFilter } from '@/components/filter-bar'
import { Page } from '@/components/page'
import { SavedViews } from '@/components/saved-views'
import { SidePanel } from '@/components/side-panel'
import { Empty, NoMatch } from '@/components/states'
import { type Schema, api, usePaged } from '@/lib/api'
import { instantExact } from '@/lib/format'
import { content, useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { Changes } from './changes'
import { texts } from './texts'
import './audit.css'

type Entry = Schema<'AuditRecord'>
type Outcome = Entry['outcome']

const plain = ['actor', 'action', 'object', 'key', 'request_id'] as const
const filters = [...plain, 'outcome', 'exceptions', 'from', 'to'] as const
const outcomes: readonly Outcome[] = ['done', 'refused', 'failed']

function asked(params: URLSearchParams) {
  const query: Record<string, string | undefined> = Object.fromEntries(filters.map((name) => [name, params.get(name) ?? undefined]))
  const typed = { outcome: outcomes.find((o) => o === query.outcome), exceptions: query.exceptions === 'true' || undefined }
  return { ...query, ...typed } as Partial<Record<(typeof plain)[number] | 'from' | 'to', string>> & typeof typed
}

/** What something is called, with its code beside: by that it is searched. */
function Coded({ name, code }: { name: Schema<'Text'> | undefined; code: string | undefined }) {
  useLanguage()
  const words = content(name)
  return <>{words && <span className="capital">{words}</span>}{words !== code && <> <span className="muted figure">{code}</span></>}</>
}

/** The audit trail, searched by what the address says. */
export function TrailPage() {
  const say = useTexts(texts)
  const [params, change] = useAddress()
  const query = asked(params)
  const list = usePaged<Entry>(['audit', query], async (cursor) => (await api.GET('/audit', { params: { query: { ...query, cursor, limit: 100 } } })).data as Schema<'AuditPage'>)
  const columns = useColumns(params)
  const opened = list.rows?.find((entry) => String(entry.id) === params.get('chosen'))
  return (
    <Page title={say('trail')} lead={say('trailLead')}
      actions={<><SavedViews page="audit" /><ExportView list="audit" query={query} total={list.total} columns={columns.map((c) => ({ name: c.key, title: String(c.title) }))} /></>}>
      <FilterBar names={filters}>
        <SwitchFilter name="exceptions" label={say('exceptions')} />
        <SearchFilter name="actor" label={say('actor')} />
        <SearchFilter name="action" label={say('action')} placeholder={say('actionHint')} />
        <SearchFilter name="key" label={say('key')} />
        <ChoiceFilter name="outcome" label={say('outcome')} options={outcomes.map((value) => ({ value, label: say(value) }))} />
        <Between />
      </FilterBar>
      {query.exceptions && <p className="muted">{say('exceptionsAre')}</p>}
      <DataTable label={say('trail')} columns={columns} list={list} rowKey={(entry) => String(entry.id)} rowClassName={(entry) => (entry.outcome === 'done' ? '' : 'refused')}
        empty={filters.some((f) => params.has(f)) ? <NoMatch onClear={() => change(Object.fromEntries(filters.map((f) => [f, undefined])))} /> : <Empty title={say('none')} />} />
      <SidePanel open={opened !== undefined} title={opened && say('record', { id: opened.id })} onClose={() => change({ chosen: undefined })} width={760}>
        {opened && <Details entry={opened} />}
      </SidePanel>
    </Page>
  )
}

function Between() {
  const say = useTexts(texts)
  const [params, change] = useAddress()
  const at = (name: string) => (params.get(name) ? dayjs(params.get(name)) : null)
  return (
    <div className="filter" role="group" aria-label={say('between')}>
      <span>{say('between')}</span>
      <DatePicker.RangePicker allowEmpty showTime value={[at('from'), at('to')]}
        onChange={(range) => change({ from: range?.[0]?.toISOString(), to: range?.[1]?.toISOString() })} />
    </div>
  )
}

function useColumns(params: URLSearchParams): Column<Entry>[] {
  const say = useTexts(texts)
  const language = useLanguage()
  const to = (id: number) => {
    const next = new URLSearchParams(params)
    next.set('chosen', String(id))
    return `?${next.toString()}`
  }
  return [
    { key: 'at', title: say('at'), fixed: 'left', render: (_, e) => <Link to={to(e.id)} preventScrollReset>{instantExact(e.at, language)}</Link> },
    { key: 'actor', title: say('actor'), dataIndex: 'actor' },
    { key: 'action', title: say('action'), render: (_, e) => <Coded name={e.action_name} code={e.action} /> },
    { key: 'outcome', title: say('outcome'), render: (_, e) => <Tag color={e.outcome === 'done' ? undefined : 'warning'}>{say(e.outcome)}</Tag> },
    { key: 'object', title: say('object'), render: (_, e) => <Coded name={e.object_name} code={e.object} /> },
    { key: 'key', title: say('key'), dataIndex: 'key' },
    { key: 'detail', title: say('detail'), dataIndex: 'detail', className: 'wrap' },
    { key: 'address', title: say('address'), dataIndex: 'address' },
  ]
}

function Details({ entry }: { entry: Entry }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const facts = [
    ['at', instantExact(entry.at, language)], ['actor', entry.actor], ['actingFor', entry.acting_for], ['action', <Coded key="action" name={entry.action_name} code={entry.action} />], ['outcome', say(entry.outcome)],
    ['object', entry.object && <Coded key="object" name={entry.object_name} code={entry.object} />], ['key', entry.key], ['detail', entry.detail], ['address', entry.address], ['session', entry.session], ['request_id', entry.request_id],
  ] as const
  return (
    <div className="page">
      <dl className="facts">
        {facts.map(([name, value]) => value && <div key={name} className="fact"><dt>{say(name)}</dt><dd>{value}</dd></div>)}
      </dl>
      <Changes before={entry.before} after={entry.after} />
    </div>
  )
}
