import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Loaded, ProblemText } from '@/components/states'
import { type Schema, api, isProblem, queries } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { texts } from './texts'

type Rubric = Schema<'Rubric'>
type Level = Schema<'RubricLevel'>
interface Fields { code: string; name: { zh: string; en: string }; levels: Level[] }

const blank = (level: string): Level => ({ level, name: { zh: '', en: '' }, description: { zh: '', en: '' } })

/** One rubric: its name and the levels with what earns them, in both languages. */
export function RubricPanel({ code, onSaved }: { code: string | undefined; onSaved: (code: string) => void }) {
  const query = useQuery({
    queryKey: ['rubric', code],
    enabled: code !== undefined,
    queryFn: async () => (await api.GET('/rubrics/{rubric}', { params: { path: { rubric: code ?? '' } } })).data as Rubric,
  })
  if (code === undefined) return <RubricForm onSaved={onSaved} />
  return <Loaded query={query}>{(rubric) => <RubricForm key={rubric.version} rubric={rubric} onSaved={onSaved} />}</Loaded>
}

function RubricForm({ rubric, onSaved }: { rubric?: Rubric; onSaved: (code: string) => void }) {
  const say = useTexts(texts)
  const { can } = useSession()
  const { message } = App.useApp()
  const [form] = Form.useForm<Fields>()
  const [error, fail] = useState<unknown>()
  const [busy, work] = useState(false)
  const readOnly = !can('rubric.manage')
  const needed = [{ required: true, whitespace: true, message: say('required') }]
  const save = async ({ code, name, levels }: Fields) => {
    work(true)
    fail(undefined)
    const key = rubric?.code ?? code.trim()
    try {
      await api.PUT('/rubrics/{rubric}', { params: { path: { rubric: key } }, body: { name, levels, version: rubric?.version ?? 0 } })
      await Promise.all([queries.invalidateQueries({ queryKey: ['rubrics'] }), queries.invalidateQueries({ queryKey: ['rubric', key] })])
      void message.success(say('saved', { code: key }))
      onSaved(key)
    } catch (caught) {
      fail(caught)
      if (isProblem(caught)) {
        form.setFields(caught.places.map((place) => ({
          name: (place.path ?? '').split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)) as never, errors: [place.message],
        })))
      }
    } finally {
      work(false)
    }
  }
  return (
    <>
      {error !== undefined && (
        <Alert type="error" showIcon title={<ProblemText error={error} />}
          action={isProblem(error, 'rubric.version') && rubric && <Button size="small" onClick={() => void queries.invalidateQueries({ queryKey: ['rubric', rubric.code] })}>{say('reload')}</Button>} />
      )}
      {readOnly && <p className="muted">{say('readOnly')}</p>}
      <Form form={form} layout="vertical" disabled={readOnly} requiredMark={false} scrollToFirstError onFinish={(fields) => void save(fields)}
        initialValues={rubric ?? { levels: ['5', '4', '3', '2', '1'].map(blank), name: { zh: '', en: '' } }}>
        <Form.Item name="code" label={say('code')} rules={rubric ? [] : needed}><Input readOnly={rubric !== undefined} maxLength={64} autoComplete="off" /></Form.Item>
        <Form.Item name={['name', 'zh']} label={say('nameZh')} rules={needed}><Input maxLength={200} /></Form.Item>
        <Form.Item name={['name', 'en']} label={say('nameEn')} rules={needed}><Input maxLength={200} /></Form.Item>
        <Form.List name="levels">
          {(levels, { add, remove }) => (
            <>
              {levels.map((field) => <LevelFields key={field.key} at={field.name} form={form} needed={needed} onRemove={readOnly || levels.length === 1 ? undefined : () => remove(field.name)} />)}
              {!readOnly && (
                <div className="rubric-end">
                  <Button icon={<PlusOutlined aria-hidden />} onClick={() => add(blank(''))}>{say('add')}</Button>
                  <Button type="primary" htmlType="submit" loading={busy}>{say('save')}</Button>
                </div>
              )}
            </>
          )}
        </Form.List>
      </Form>
    </>
  )
}

function LevelFields({ at, form, needed, onRemove }: {
  at: number
  form: ReturnType<typeof Form.useForm<Fields>>[0]
  needed: { required: boolean; whitespace: boolean; message: string }[]
  onRemove: (() => void) | undefined
}) {
  const say = useTexts(texts)
  const level = Form.useWatch(['levels', at, 'level'], form) as string | undefined
  return (
    <fieldset className="rubric-level">
      <legend>
        {say('levelOf', { level: level ?? '' })}
        {onRemove && <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={say('remove', { level: level ?? '' })} onClick={onRemove} />}
      </legend>
      <Form.Item name={[at, 'level']} label={say('level')} rules={needed} className="key"><Input maxLength={64} /></Form.Item>
      <Form.Item name={[at, 'name', 'zh']} label={say('nameZh')} rules={needed}><Input maxLength={200} /></Form.Item>
      <Form.Item name={[at, 'name', 'en']} label={say('nameEn')} rules={needed}><Input maxLength={200} /></Form.Item>
      <Form.Item name={[at, 'description', 'zh']} label={say('descriptionZh')} rules={needed}><Input.TextArea className="growing" rows={2} maxLength={2000} /></Form.Item>
      <Form.Item name={[at, 'description', 'en']} label={say('descriptionEn')} rules={needed}><Input.TextArea className="growing" rows={2} maxLength={2000} /></Form.Item>
    </fieldset>
  )
}
