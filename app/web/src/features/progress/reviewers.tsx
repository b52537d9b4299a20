import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Choice } from '@/components/choice'
import { PersonName } from '@/components/content'
import { type Column, DataTable } from '@/components/data-table'
import { FilterBar, SearchFilter } from '@/components/filter-bar'
import { FormDialog } from '@/components/form-dialog'
import { Empty, NoMatch, ProblemText } from '@/components/states'
import { type Schema, api, once, queries, usePaged } from '@/lib/api'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { Rater, nameOf } from './names'
import { roleWords, texts } from './texts'

type Reviewer = Schema<'Reviewer'>

/** Who reviews whom: by the rule, or because somebody was named. */
export function Reviewers({ period, unit }: { period: string; unit: string | undefined }) {
  const say = useTexts(texts)
  const [params, change] = useAddress()
  const query = { unit, staff: params.get('staff') ?? undefined }
  const list = usePaged<Reviewer>(['reviewers', period, query], async (cursor) =>
    (await api.GET('/periods/{period}/reviewers', { params: { path: { period }, query: { ...query, cursor, limit: 100 } } })).data as Schema<'ReviewerPage'>)
  const columns: Column<Reviewer>[] = [
    { key: 'name', title: say('member'), fixed: 'left', render: (_, r) => <PersonName person={r} /> },
    { key: 'staff_no', title: say('staff_no'), dataIndex: 'staff_no' },
    { key: 'unit', title: say('unit'), render: (_, r) => r.unit_name ?? r.unit },
    { key: 'position', title: say('position'), dataIndex: 'position' },
    { key: 'role', title: say('role'), render: (_, r) => roleWords(say, r.role) },
    { key: 'rater', title: say('rater'), render: (_, r) => <Rater name={r.rater_name} pinyin={r.rater_pinyin} no={r.rater} /> },
    { key: 'source', title: say('source'), className: 'wrap', render: (_, r) => (r.source === 'rule' ? say('rule') : say('named', { who: r.named_by ?? '', reason: r.reason ?? '' })) },
    { key: 'act', title: '', render: (_, r) => r.id !== undefined && <EndButton period={period} reviewer={r} /> },
  ]
  return (
    <div className="page">
      <FilterBar names={['staff']} extra={<NameForm period={period} />}><SearchFilter name="staff" label={say('search')} /></FilterBar>
      <DataTable label={say('tabReviewers')} columns={columns} list={list} rowKey={(r) => `${r.staff_no}|${r.unit}|${r.position}|${r.role}|${r.rater}`}
        empty={params.has('staff') ? <NoMatch onClear={() => change({ staff: undefined })} /> : <Empty title={say('noReviewers')} />} />
    </div>
  )
}

function EndButton({ period, reviewer }: { period: string; reviewer: Reviewer }) {
  const say = useTexts(texts)
  const { message } = App.useApp()
  const end = async () => {
    try {
      await api.DELETE('/periods/{period}/reviewers/{id}', { params: { path: { period, id: reviewer.id ?? 0 } } })
      message.success(say('ended', { rater: nameOf(reviewer.rater_name, reviewer.rater_pinyin) ?? reviewer.rater }))
      await queries.invalidateQueries({ queryKey: ['reviewers', period] })
    } catch (error) {
      message.error({ content: <ProblemText error={error} />, duration: 8 })
    }
  }
  return <Button size="small" aria-label={say('endOf', { rater: nameOf(reviewer.rater_name, reviewer.rater_pinyin) ?? reviewer.rater, staff: nameOf(reviewer.name, reviewer.pinyin) ?? reviewer.staff_no })} onClick={() => void end()}>{say('end')}</Button>
}

type NewReviewer = Schema<'NewReviewer'>

function NameForm({ period }: { period: string }) {
  const say = useTexts(texts)
  const [open, show] = useState(false)
  const [form] = Form.useForm<NewReviewer>()
  const save = async (values: NewReviewer) => {
    await api.POST('/periods/{period}/reviewers', { params: { path: { period }, header: once() }, body: values })
    await queries.invalidateQueries({ queryKey: ['reviewers', period] })
  }
  return (
    <>
      <Button onClick={() => show(true)}>{say('name')}</Button>
      <FormDialog<NewReviewer> open={open} title={say('name')} action={say('name')} form={form} initial={{ role: 'manager' }} onSave={save} onClose={() => show(false)}>
        <Form.Item name="staff_no" label={say('staff_no')} rules={[{ required: true }]}><Input maxLength={64} /></Form.Item>
        <Form.Item name="unit" label={say('unit')} rules={[{ required: true }]}><Input maxLength={64} /></Form.Item>
        <Form.Item name="role" label={say('role')}><Choice options={(['manager', 'peer'] as const).map((role) => ({ value: role, label: say(role) }))} /></Form.Item>
        <Form.Item name="rater" label={say('rater')} rules={[{ required: true }]}><Input maxLength={64} /></Form.Item>
        <Form.Item name="reason" label={say('reason')} rules={[{ required: true, min: 8, message: say('tooShort') }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
      </FormDialog>
    </>
  )
}
