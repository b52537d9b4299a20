import { Button, Form, Input, Tag } from 'antd'
import { useState } from 'react'
import { PersonName } from '@/components/content'
import { type Column, DataTable } from '@/components/data-table'
import { ChoiceFilter, FilterBar, SearchFilter } from '@/components/filter-bar'
import { FormDialog } from '@/components/form-dialog'
import { Empty, NoMatch } from '@/components/states'
import { type Schema, api, queries, usePaged } from '@/lib/api'
import { instant } from '@/lib/format'
import { useSession } from '@/lib/session'
import { content, useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { Rater, nameOf } from './names'
import { roleWords, texts } from './texts'

type Cell = Schema<'ReviewCell'>

const states = ['draft', 'submitted', 'returned'] as const
const filters = ['staff', 'role', 'state'] as const

/** What an item is called; its key where no scorecard in force has it. */
const itemOf = (cell: Cell): string => content(cell.item_name) || cell.item

/** What was written, cell by cell; what was submitted can be returned. */
export function Reviews({ period, unit }: { period: string; unit: string | undefined }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const [params, change] = useAddress()
  const [returning, giveBack] = useState<Cell>()
  const query = { unit, staff: params.get('staff') ?? undefined, role: params.get('role') ?? undefined, state: states.find((state) => state === params.get('state')) }
  const list = usePaged<Cell>(['reviews', period, query], async (cursor) =>
    (await api.GET('/periods/{period}/reviews', { params: { path: { period }, query: { ...query, cursor, limit: 100 } } })).data as Schema<'ReviewPage'>)
  const columns: Column<Cell>[] = [
    { key: 'name', title: say('member'), fixed: 'left', render: (_, c) => <PersonName person={c} /> },
    { key: 'staff_no', title: say('staff_no'), dataIndex: 'staff_no' },
    { key: 'unit', title: say('unit'), render: (_, c) => c.unit_name ?? c.unit },
    { key: 'item', title: say('item'), render: (_, c) => itemOf(c) },
    { key: 'role', title: say('role'), render: (_, c) => roleWords(say, c.role) },
    { key: 'level', title: say('level'), numeric: true, dataIndex: 'level' },
    { key: 'comment', title: say('comment'), dataIndex: 'comment', className: 'wrap' },
    { key: 'state', title: say('state'), render: (_, c) => <Tag color={c.state === 'submitted' ? 'success' : c.state === 'returned' ? 'warning' : undefined} title={c.return_reason}>{say(c.state)}</Tag> },
    { key: 'rater', title: say('rater'), render: (_, c) => (c.rater ? <Rater name={c.rater_name} pinyin={c.rater_pinyin} no={c.rater} /> : <span className="muted">{say('hidden')}</span>) },
    { key: 'written', title: say('written'), render: (_, c) => instant(c.written_at, language) },
    ...(can('review.return') ? [{
      key: 'act', title: '',
      render: (_: unknown, c: Cell) => c.state === 'submitted' && c.rater !== undefined && (
        <Button size="small" aria-label={say('returnOf', { staff: nameOf(c.name, c.pinyin) ?? c.staff_no, item: itemOf(c) })} onClick={() => giveBack(c)}>{say('return')}</Button>
      ),
    }] : []),
  ]
  return (
    <div className="page">
      <FilterBar names={filters}>
        <SearchFilter name="staff" label={say('search')} />
        <ChoiceFilter name="role" label={say('role')} options={(['manager', 'peer', 'self'] as const).map((role) => ({ value: role, label: say(role) }))} />
        <ChoiceFilter name="state" label={say('state')} options={states.map((state) => ({ value: state, label: say(state) }))} />
      </FilterBar>
      <DataTable label={say('tabReviews')} columns={columns} list={list} rowKey={(c) => `${c.staff_no}|${c.unit}|${c.position}|${c.item}|${c.role}|${c.rater ?? ''}|${c.version}|${c.written_at ?? ''}`}
        empty={filters.some((f) => params.has(f)) ? <NoMatch onClear={() => change(Object.fromEntries(filters.map((f) => [f, undefined])))} /> : <Empty title={say('noReviews')} />} />
      <ReturnForm period={period} cell={returning} onClose={() => giveBack(undefined)} />
    </div>
  )
}

function ReturnForm({ period, cell, onClose }: { period: string; cell: Cell | undefined; onClose: () => void }) {
  const say = useTexts(texts)
  const [form] = Form.useForm<{ reason: string }>()
  const save = async ({ reason }: { reason: string }) => {
    if (!cell) return
    await api.POST('/periods/{period}/reviews/return', {
      params: { path: { period } },
      body: { staff_no: cell.staff_no, unit: cell.unit, position: cell.position, role: cell.role, rater: cell.rater ?? '', item: cell.item, reason },
    })
    await queries.invalidateQueries({ queryKey: ['reviews', period] })
    await queries.invalidateQueries({ queryKey: ['review-progress', period] })
  }
  return (
    <FormDialog open={cell !== undefined} title={cell ? say('returnOf', { staff: nameOf(cell.name, cell.pinyin) ?? cell.staff_no, item: itemOf(cell) }) : ''} action={say('return')} form={form} onSave={save} onClose={onClose}>
      <Form.Item name="reason" label={say('reason')} rules={[{ required: true, min: 8, message: say('tooShort') }]}><Input.TextArea rows={3} maxLength={500} showCount /></Form.Item>
    </FormDialog>
  )
}
