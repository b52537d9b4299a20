import { Alert, Button, DatePicker, Form, InputNumber, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ProblemText } from '@/components/states'
import { type Schema, api, once, queries } from '@/lib/api'
import { period as periodName } from '@/lib/format'
import { useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

interface Values {
  month: Dayjs
  min_days: number | null
}

/** The month after a code: `2026-12` → `2027-01`. */
export function monthAfter(code: string): string {
  const [year = 0, month = 0] = code.split('-').map(Number)
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}

/** Starts a month: the one after the latest, with its rule for short assignments, unless somebody says otherwise. */
export function StartButton({ latest }: { latest: Schema<'Period'> | undefined }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const navigate = useNavigate()
  const [open, show] = useState(false)
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const [form] = Form.useForm<Values>()
  const next = latest ? monthAfter(latest.code) : dayjs().format('YYYY-MM')
  const chosen = Form.useWatch('month', form)
  const name = periodName(chosen ? chosen.format('YYYY-MM') : next, language)
  const start = async ({ month, min_days: minDays }: Values) => {
    const code = month.format('YYYY-MM')
    work(true)
    fail(undefined)
    try {
      await api.POST('/periods', { params: { header: once() }, body: { code, min_days: minDays ?? undefined } })
      void queries.invalidateQueries({ queryKey: ['periods'] })
      await navigate(`/periods/${code}?period=${code}`)
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  return (
    <>
      <Button type="primary" onClick={() => show(true)}>{say('start', { period: periodName(next, language) })}</Button>
      <Modal open={open} title={say('startTitle')} okText={say('start', { period: name })} cancelText={say('cancel')} confirmLoading={busy}
        onOk={() => form.submit()} onCancel={() => { show(false); fail(undefined) }} destroyOnHidden>
        {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
        <Form<Values> form={form} layout="vertical" requiredMark={false} preserve={false} onFinish={(values) => void start(values)}
          initialValues={{ month: dayjs(`${next}-01`), min_days: latest?.min_days ?? 1 }}>
          <Form.Item name="month" label={say('code')} rules={[{ required: true }]}><DatePicker picker="month" format="YYYY-MM" allowClear={false} /></Form.Item>
          <Form.Item name="min_days" label={say('minDays')} extra={say('minDaysHow')}><InputNumber min={1} max={31} precision={0} /></Form.Item>
        </Form>
      </Modal>
    </>
  )
}
