import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { DataTable } from '@/components/data-table'
import { Page } from '@/components/page'
import { SidePanel } from '@/components/side-panel'
import { Empty } from '@/components/states'
import { type Schema, api, usePaged } from '@/lib/api'
import { useSession } from '@/lib/session'
import { content, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { RubricPanel } from './panel'
import { texts } from './texts'
import './rubrics.css'

type Rubric = Schema<'Rubric'>

/** What earns the levels of rating items. */
export function RubricsPage() {
  const say = useTexts(texts)
  const { can } = useSession()
  const [params, change] = useAddress()
  const list = usePaged(['rubrics'], async (cursor) => (await api.GET('/rubrics', { params: { query: { cursor } } })).data ?? { items: [] })
  const open = params.get('rubric') ?? undefined
  const create = can('rubric.manage') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => change({ rubric: 'new:' }, { push: true })}>{say('make')}</Button>
  )
  return (
    <Page title={say('title')} lead={say('lead')} actions={create}>
      <DataTable<Rubric> label={say('title')} list={list} rowKey={(row) => row.code} empty={<Empty title={say('empty')} action={create}>{say('emptyHow')}</Empty>}
        columns={[
          {
            key: 'name', title: say('name'),
            render: (_, row) => <Button type="link" className="rubric-open" onClick={() => change({ rubric: row.code }, { push: true })}>{content(row.name)}</Button>,
          },
          { key: 'code', title: say('code'), dataIndex: 'code' },
          { key: 'levels', title: say('levels'), render: (_, row) => row.levels.map((level) => level.level).join(' · ') },
          { key: 'version', title: '', render: (_, row) => <span className="muted">{say('versionOf', { version: row.version })}</span> },
        ]} />
      <SidePanel open={open !== undefined} title={open === 'new:' ? say('make') : (open ?? '')} width={760} onClose={() => change({ rubric: undefined })}>
        {open !== undefined && <RubricPanel key={open} code={open === 'new:' ? undefined : open} onSaved={(code) => change({ rubric: code })} />}
      </SidePanel>
    </Page>
  )
}
