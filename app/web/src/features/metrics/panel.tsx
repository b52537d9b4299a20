import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Section } from '@/components/page'
import { Loaded, ProblemText } from '@/components/states'
import { type Schema, api, isProblem, queries } from '@/lib/api'
import { useSession } from '@/lib/session'
import { content, useTexts } from '@/lib/text'
import { texts } from './texts'

type Detail = Schema<'MetricDetail'>
interface Fields { code: string; name: string; unit_of_measure: string; decimals: number }

/** One metric: what it is, to change, and the scorecards that use it. */
export function MetricPanel({ code, like, onSaved, onCopy }: { code: string | undefined; like: string | undefined; onSaved: (code: string) => void; onCopy: (code: string) => void }) {
  const say = useTexts(texts)
  const { can } = useSession()
  const read = code ?? like
  const query = useQuery({
    queryKey: ['metric', read],
    enabled: read !== undefined,
    queryFn: async () => (await api.GET('/metrics/{metric}', { params: { path: { metric: read ?? '' } } })).data as Detail,
  })
  if (read === undefined) return <MetricForm onSaved={onSaved} />
  if (code === undefined) return <Loaded query={query}>{(detail) => <MetricForm like={detail} onSaved={onSaved} />}</Loaded>
  return (
    <Loaded query={query}>
      {(detail) => (
        <div className="metric-panel">
          <MetricForm key={detail.version} detail={detail} onSaved={onSaved} />
          {can('metric.manage') && <div><Button onClick={() => onCopy(detail.code)}>{say('copy')}</Button></div>}
          <UsedBy detail={detail} />
        </div>
      )}
    </Loaded>
  )
}

function MetricForm({ detail, like, onSaved }: { detail?: Detail; like?: Detail; onSaved: (code: string) => void }) {
  const say = useTexts(texts)
  const { can } = useSession()
  const { message } = App.useApp()
  const [form] = Form.useForm<Fields>()
  const [error, fail] = useState<unknown>()
  const [busy, work] = useState(false)
  const readOnly = !can('metric.manage')
  const save = async ({ code, ...metric }: Fields) => {
    work(true)
    fail(undefined)
    const key = detail?.code ?? code.trim()
    try {
      await api.PUT('/metrics/{metric}', {
        params: { path: { metric: key } },
        body: { name: metric.name.trim(), unit_of_measure: (metric.unit_of_measure ?? '').trim(), decimals: metric.decimals, version: detail?.version ?? 0 },
      })
      await Promise.all([queries.invalidateQueries({ queryKey: ['metrics'] }), queries.invalidateQueries({ queryKey: ['metric', key] })])
      void message.success(say('saved', { code: key }))
      onSaved(key)
    } catch (caught) {
      fail(caught)
      if (isProblem(caught)) {
        form.setFields(caught.places.map((place) => ({ name: (place.path === 'metric' ? 'code' : place.path) as keyof Fields, errors: [place.message] })))
      }
    } finally {
      work(false)
    }
  }
  const stale = isProblem(error, 'metric.old_version') && detail !== undefined
  return (
    <div>
      {error !== undefined && (
        <Alert type="error" showIcon title={<ProblemText error={error} />}
          action={stale && <Button size="small" onClick={() => void queries.invalidateQueries({ queryKey: ['metric', detail.code] })}>{say('reload')}</Button>} />
      )}
      {readOnly && <p className="muted">{say('readOnly')}</p>}
      <Form form={form} layout="vertical" disabled={readOnly} onFinish={(fields) => void save(fields)} requiredMark={false}
        initialValues={detail ?? { decimals: 2, unit_of_measure: '', ...like, code: undefined }}>
        <Form.Item name="code" label={say('code')} rules={detail ? [] : [{ required: true, message: say('required') }]}>
          <Input readOnly={detail !== undefined} maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={say('name')} rules={[{ required: true, message: say('required') }]}><Input maxLength={200} /></Form.Item>
        <Form.Item name="unit_of_measure" label={say('measure')}><Input maxLength={40} /></Form.Item>
        <Form.Item name="decimals" label={say('decimals')}><InputNumber min={0} max={6} precision={0} /></Form.Item>
        {!readOnly && <Button type="primary" htmlType="submit" loading={busy}>{say('save')}</Button>}
      </Form>
    </div>
  )
}

function UsedBy({ detail }: { detail: Detail }) {
  const say = useTexts(texts)
  return (
    <Section title={say('usedBy')}>
      {detail.used_by.length === 0
        ? <p className="muted">{say('unused')}</p>
        : (
          <ul>
            {detail.used_by.map((use) => (
              <li key={`${use.scorecard} ${use.number}`}>
                <Link to={`/scorecards/${encodeURIComponent(use.scorecard)}?version=${use.number}`}>{content(use.name) || use.scorecard}</Link>
                <span className="muted">{` ${say('version', { number: use.number })} · ${say(use.state === 'draft' ? 'draft' : 'published')} · ${say('items', { list: use.items.join(', ') })}`}</span>
              </li>
            ))}
          </ul>
        )}
    </Section>
  )
}
