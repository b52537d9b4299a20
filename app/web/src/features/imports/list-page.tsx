import { Tag } from 'antd'
import { Link } from 'react-router'
import { type Column, DataTable } from '@/components/data-table'
import { ExportView } from '@/components/export-view'
import { ChoiceFilter, FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/link-button'
import { Page } from '@/components/page'
import { SavedViews } from '@/components/saved-views'
import { Empty, NoMatch } from '@/components/states'
import { type Schema, api, usePaged } from '@/lib/api'
import { count, instant, period as periodName } from '@/lib/format'
import { useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { texts } from './texts'
import { batchKind, kindName, useImportKinds } from './upload'
import './imports.css'

type Batch = Schema<'Batch'>

/** What was handed in, the last first. */
export function ImportsPage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const [params, change] = useAddress()
  const query = { kind: params.get('kind') ?? undefined, period: params.get('of') ?? undefined }
  const { data: kinds } = useImportKinds()
  const list = usePaged<Batch>(['batches', query], async (cursor) => (await api.GET('/batches', { params: { query: { ...query, cursor, limit: 50 } } })).data as Schema<'BatchPage'>)
  const columns: Column<Batch>[] = [
    { key: 'id', title: say('batch', { id: '' }).trim(), render: (_, b) => <Link to={`/batches/${b.id}`}>{say('batch', { id: b.id })}</Link> },
    { key: 'kind', title: say('kind'), render: (_, b) => batchKind(b.kind, kinds) },
    { key: 'period', title: say('period'), render: (_, b) => (b.period ? periodName(b.period, language) : '') },
    { key: 'file', title: say('file'), dataIndex: 'file' },
    ...(['new', 'changed', 'unchanged', 'withdrawn', 'wrong'] as const).map((name): Column<Batch> => ({ key: name, title: say(name), numeric: true, render: (_, b) => count(b[name]) })),
    { key: 'state', title: say('state'), render: (_, b) => <BatchTag batch={b} /> },
    { key: 'made_by', title: say('madeBy'), dataIndex: 'made_by' },
    { key: 'made_at', title: say('madeAt'), render: (_, b) => instant(b.made_at, language) },
  ]
  const upload = <LinkButton type="primary" to="/imports/new">{say('upload')}</LinkButton>
  return (
    <Page title={say('title')} lead={say('lead')} actions={<><SavedViews page="imports" /><ExportView list="batches" query={query} columns={columns.filter(({ key }) => key !== 'state').map(({ key, title }) => ({ name: key, title: String(title) }))} />{upload}</>}>
      <FilterBar names={['kind', 'of']}>
        <ChoiceFilter name="kind" label={say('kind')} options={(kinds ?? []).map((k) => ({ value: k.kind, label: kindName(k.name) }))} />
      </FilterBar>
      <DataTable label={say('title')} columns={columns} list={list} rowKey={(b) => String(b.id)}
        empty={params.has('kind') ? <NoMatch onClear={() => change({ kind: undefined, of: undefined })} /> : <Empty title={say('none')} action={upload}>{say('noneHow')}</Empty>} />
    </Page>
  )
}

/** Whether a batch is in force, was undone, or undoes another. */
export function BatchTag({ batch }: { batch: Batch }) {
  const say = useTexts(texts)
  if (batch.undone_by) return <Tag>{say('undone', { id: batch.undone_by })}</Tag>
  if (batch.undoes) return <Tag>{say('undoes', { id: batch.undoes })}</Tag>
  return <Tag color="success">{say('inForce')}</Tag>
}
