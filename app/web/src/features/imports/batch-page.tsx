import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Modal, Typography } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { Own } from '@/components/content'
import { Page, Section } from '@/components/page'
import { Loaded, ProblemText } from '@/components/states'
import { type Schema, api, queries } from '@/lib/api'
import { count, instant, period as periodName } from '@/lib/format'
import { useSession } from '@/lib/session'
import { content, useLanguage, useTexts } from '@/lib/text'
import { BatchTag } from './list-page'
import { texts } from './texts'
import { batchKind, useImportKinds } from './upload'
import './imports.css'

type Detail = Schema<'BatchDetail'>

const pageSize = 100

/** One batch: what it counted, what it changed, and how to take it back. */
export function BatchPage() {
  const say = useTexts(texts)
  const { id = '' } = useParams()
  const query = useQuery({
    queryKey: ['batch', id],
    queryFn: async () => (await api.GET('/batches/{id}', { params: { path: { id: Number(id) }, query: { limit: 1 } } })).data?.batch as Schema<'Batch'>,
  })
  return (
    <Page title={say('batch', { id })} lead={<Link to="/imports">{say('title')}</Link>} actions={query.data && <Undo batch={query.data} />}>
      <Loaded query={query}>{(batch) => <><Facts batch={batch} /><Changes id={Number(id)} /></>}</Loaded>
    </Page>
  )
}

function Facts({ batch }: { batch: Schema<'Batch'> }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { data: kinds } = useImportKinds()
  return (
    <>
      <dl className="tiles">
        {(['new', 'changed', 'unchanged', 'withdrawn', 'wrong'] as const).map((name) => <div className="tile" key={name}><dt>{say(name)}</dt><dd>{count(batch[name])}</dd></div>)}
      </dl>
      <Section title={say('file')} extra={<BatchTag batch={batch} />}>
        <dl className="facts">
          <dt>{say('kind')}</dt><dd>{batchKind(batch.kind, kinds)}</dd>
          {batch.period && <><dt>{say('period')}</dt><dd>{periodName(batch.period, language)}</dd></>}
          <dt>{say('file')}</dt><dd>{batch.file ?? '—'}</dd>
          {batch.sha256 && <><dt>{say('sha256')}</dt><dd><Typography.Text code copyable className="wrap-anywhere">{batch.sha256}</Typography.Text></dd></>}
          <dt>{say('madeBy')}</dt><dd>{batch.made_by}</dd>
          <dt>{say('madeAt')}</dt><dd>{instant(batch.made_at, language)}</dd>
        </dl>
      </Section>
    </>
  )
}

type Change = Schema<'BatchChange'>

/** One side of a change, a line for each field. */
function State({ change, side }: { change: Change; side: 'before' | 'after' }) {
  if (change[side] === undefined) return <>—</>
  return change.fields.map((field) => (
    <span key={field.name} className="state-line"><span className="capital muted">{content(field.title)}</span> <Own text={field[side] ?? '—'} /></span>
  ))
}

function Changes({ id }: { id: number }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const query = useInfiniteQuery({
    queryKey: ['batch', id, 'changes', language],
    initialPageParam: 0,
    queryFn: async ({ pageParam }) => (await api.GET('/batches/{id}', { params: { path: { id }, query: { skip: pageParam, limit: pageSize } } })).data as Detail,
    getNextPageParam: (last, pages) => (last.more ? pages.length * pageSize : undefined),
  })
  const rows = query.data?.pages.flatMap((page) => page.changes)
  return (
    <Section title={say('changes')}>
      <Loaded query={{ ...query, data: rows }}>
        {(changes) => (
          <>
            <div className="table-scroll" role="region" aria-label={say('changes')} tabIndex={0}>
              <table className="plain">
                <thead><tr><th scope="col" className="numeric">{say('row')}</th><th scope="col">{say('entity')}</th><th scope="col">{say('key')}</th><th scope="col">{say('before')}</th><th scope="col">{say('after')}</th></tr></thead>
                <tbody>
                  {changes.map((change, i) => (
                    <tr key={i}>
                      <td className="numeric">{change.row}</td><td className="capital">{content(change.entity_name) || change.entity}</td><td><Own text={change.key} /></td>
                      <td className="state-lines"><State change={change} side="before" /></td><td className="state-lines"><State change={change} side="after" /></td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {query.hasNextPage && <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{say('more')}</Button>}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Undo({ batch }: { batch: Schema<'Batch'> }) {
  const say = useTexts(texts)
  const { can } = useSession()
  const { message } = App.useApp()
  const [open, ask] = useState(false)
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  if (!can('batch.undo') || batch.undone_by || batch.undoes) return null
  const undo = async () => {
    work(true)
    fail(undefined)
    try {
      await api.POST('/batches/{id}/undo', { params: { path: { id: batch.id } } })
      ask(false)
      message.success(say('undoneNow'))
      await queries.invalidateQueries()
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  return (
    <>
      <Button danger onClick={() => ask(true)}>{say('undo')}</Button>
      <Modal open={open} title={say('undoTitle', { id: batch.id })} okText={say('undo')} cancelText={say('cancel')} okButtonProps={{ danger: true }} confirmLoading={busy} onOk={() => void undo()} onCancel={() => ask(false)}>
        <p>{say('undoEffects', { added: batch.new, changed: batch.changed })}</p>
        {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
      </Modal>
    </>
  )
}
