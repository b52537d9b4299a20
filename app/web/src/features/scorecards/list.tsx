import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { DataTable } from '@/components/data-table'
import { Page } from '@/components/page'
import { Empty } from '@/components/states'
import { type Schema, api, usePaged } from '@/lib/api'
import { instant } from '@/lib/format'
import { useSession } from '@/lib/session'
import { content, useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { pageTexts } from './page.texts'
import './scorecards.css'

type Row = Schema<'ScorecardVersion'>

/** Every scorecard with its newest version. */
export function ScorecardsPage() {
  const say = useTexts(pageTexts)
  const { can } = useSession()
  const [sort] = useInAddress('sort')
  const list = usePaged(['scorecards', sort], async (cursor) => (await api.GET('/scorecards', { params: { query: { sort, cursor } } })).data ?? { items: [] })
  const [making, make] = useState(false)
  const create = can('scorecard.manage') && <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => make(true)}>{say('make')}</Button>
  return (
    <Page title={say('title')} lead={say('lead')} actions={create}>
      <DataTable<Row> label={say('title')} list={list} rowKey={(row) => row.code} empty={<Empty title={say('empty')} action={<><Link to="/imports/new">{say('import')}</Link>{create}</>}>{say('emptyHow')}</Empty>}
        columns={[
          { key: 'name', title: say('name'), render: (_, row) => <Link to={`/scorecards/${encodeURIComponent(row.code)}`}>{content(row.name) || row.code}</Link> },
          { key: 'code', title: say('code'), sort: 'code', dataIndex: 'code' },
          { key: 'state', title: say('state'), render: (_, row) => <span className={`rule-state ${row.state}`}>{say(row.state)}</span> },
          { key: 'number', title: say('version'), render: (_, row) => say('versionOf', { number: row.number }) },
          { key: 'published', title: say('publishedAt'), render: (_, row) => instant(row.published_at) },
        ]} />
      <NewScorecard open={making} onClose={() => make(false)} taken={list.rows?.map((row) => row.code) ?? []} />
    </Page>
  )
}

function NewScorecard({ open, onClose, taken }: { open: boolean; onClose: () => void; taken: readonly string[] }) {
  const say = useTexts(pageTexts)
  const navigate = useNavigate()
  const [code, type] = useState('')
  const used = taken.includes(code)
  const right = /^[a-z0-9][a-z0-9_-]{0,63}$/.test(code) && !used
  return (
    <Modal open={open} title={say('make')} onCancel={onClose} okText={say('begin')} cancelText={say('cancel')} okButtonProps={{ disabled: !right }} destroyOnHidden
      onOk={() => void navigate(`/scorecards/${encodeURIComponent(code)}`)}>
      <label className="field">
        <span>{say('newCode')}</span>
        <Input value={code} autoFocus maxLength={64} status={used ? 'error' : undefined} onChange={(event) => type(event.target.value.trim())}
          onPressEnter={() => right && void navigate(`/scorecards/${encodeURIComponent(code)}`)} />
        {used && <span className="rule-wrong" role="alert">{say('newTaken')}</span>}
      </label>
    </Modal>
  )
}
