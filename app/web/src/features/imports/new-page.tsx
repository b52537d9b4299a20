import { InboxOutlined } from '@ant-design/icons'
import { Alert, Button, Checkbox, Space, Upload as Dropzone } from 'antd'
import { useState } from 'react'
import { Choice } from '@/components/choice'
import { JobProgress } from '@/components/job-progress'
import { LinkButton } from '@/components/link-button'
import { Page, Section } from '@/components/page'
import { Empty, Loaded, ProblemText } from '@/components/states'
import { type Schema, queries } from '@/lib/api'
import { isOver, useJob } from '@/lib/jobs'
import { content, useLanguage, useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { Outcome } from './outcome'
import { texts } from './texts'
import { countsOf, kindName, upload, useImportKinds } from './upload'
import './imports.css'

type Kind = Schema<'ImportKind'>
type KindName = Schema<'ImportUpload'>['kind']

const flags = ['skip_errors', 'replace', 'allow_formulas', 'draft'] as const
type Flags = Partial<Record<(typeof flags)[number], boolean>>

/** Takes in a file: it is checked first, and then written. */
export function NewImportPage() {
  const say = useTexts(texts)
  useLanguage()
  const [kind, setKind] = useInAddress('kind')
  const query = useImportKinds()
  return (
    <Page title={say('upload')} lead={say('uploadLead')} actions={<LinkButton to="/imports">{say('title')}</LinkButton>}>
      <Loaded query={query}>
        {(kinds) => {
          const allowed = kinds.filter((k) => k.allowed)
          if (allowed.length === 0) return <Empty title={say('notAllowed')} />
          const chosen = allowed.find((k) => k.kind === kind)
          return (
            <>
              <Section title={say('kind')}>
                <Choice aria-label={say('kind')} className="kind-choice" placeholder={say('kindHint')} value={chosen?.kind} onChange={(next: string) => setKind(next)} listHeight={400}
                  options={allowed.map((k) => ({ value: k.kind, label: kindName(k.name) }))} />
                {chosen && <Columns kind={chosen} />}
              </Section>
              {chosen && <Steps key={chosen.kind} kind={chosen} />}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Columns({ kind }: { kind: Kind }) {
  const say = useTexts(texts)
  if (kind.columns.length === 0) return null
  return (
    <div>
      <p className="muted">{say('columns')}</p>
      <ul className="kind-columns">
        {kind.columns.map((column) => (
          <li key={column.name}>
            {content(column.headings)} <span className="muted">{column.name}{column.required && ` · ${say('required')}`}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Choose, check, write; each step shows what the one before found. */
function Steps({ kind }: { kind: Kind }) {
  const say = useTexts(texts)
  const [file, choose] = useState<File>()
  const [options, set] = useState<Flags>({})
  const [check, checked] = useState<number>()
  const [write, written] = useState<number>()
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const { data: found } = useJob(check)
  const { data: done } = useJob(write)
  const start = async (dryRun: boolean) => {
    if (!file) return
    work(true)
    fail(undefined)
    try {
      const job = await upload({ kind: kind.kind as KindName, file, dry_run: dryRun, ...options })
      if (dryRun) checked(job.id)
      else written(job.id)
      await queries.invalidateQueries({ queryKey: ['jobs'] })
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  const renew = (next: File | undefined) => {
    choose(next)
    checked(undefined)
    written(undefined)
    fail(undefined)
  }
  const counts = countsOf(found?.result)
  const clean = found?.state === 'done'
  const idle = counts && counts.new + counts.changed + counts.withdrawn === 0
  return (
    <>
      <Section title={say('file')}>
        <Dropzone.Dragger accept=".xlsx,.csv,.json" maxCount={1} fileList={file ? [{ uid: '1', name: file.name, status: 'done' }] : []}
          beforeUpload={(next) => { renew(next); return false }} onRemove={() => renew(undefined)} aria-label={say('chooseFile')}>
          <p className="drop-mark"><InboxOutlined aria-hidden /></p>
          <p>{say('drop')}</p>
          <p className="muted">{say('types')}</p>
        </Dropzone.Dragger>
        <fieldset className="import-options">
          <legend>{say('options')}</legend>
          {flags.filter((flag) => offered(flag, kind)).map((flag) => (
            <Checkbox key={flag} checked={options[flag] ?? false} onChange={(event) => { set({ ...options, [flag]: event.target.checked }); checked(undefined); written(undefined) }}>{say(flag)}</Checkbox>
          ))}
        </fieldset>
        {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
        <Space wrap>
          <Button type={clean ? 'default' : 'primary'} disabled={!file} loading={busy && !clean} onClick={() => void start(true)}>{say(check ? 'checkAgain' : 'check')}</Button>
          {clean && !idle && !write && <Button type="primary" loading={busy} onClick={() => void start(false)}>{say('write')}</Button>}
        </Space>
      </Section>
      {check !== undefined && (
        <Section title={say('checking')}>
          {found && isOver(found) ? <Outcome job={found} dry /> : <JobProgress id={check} />}
        </Section>
      )}
      {write !== undefined && (
        <Section title={say('writing')}>
          {done && isOver(done) ? <Outcome job={done} /> : <JobProgress id={write} />}
          {done && isOver(done) && <Button onClick={() => renew(undefined)}>{say('another')}</Button>}
        </Section>
      )}
    </>
  )
}

function offered(flag: (typeof flags)[number], kind: Kind): boolean {
  if (flag === 'draft') return kind.kind === 'scorecards'
  if (flag === 'replace') return kind.needs_period
  return kind.kind !== 'scorecards'
}
