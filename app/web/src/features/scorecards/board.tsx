import { RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Failure, ProblemText } from '@/components/states'
import { isProblem } from '@/lib/api'
import { instant } from '@/lib/format'
import { useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { CardEditor } from './card-editor'
import type { Version } from './data'
import { DesignerContext, useDesigner, worstAt } from './designer.state'
import { designerTexts } from './designer.texts'
import { useDraft, useFindings } from './draft'
import { Findings } from './findings'
import { type Path, changed } from './history'
import { ItemEditor } from './item-editor'
import { LeaveGuard } from './leave-guard'
import { pageTexts } from './page.texts'
import { Publish } from './publish'
import { MoveButtons, PerspectiveEditor, Tree } from './tree'
import { VersionList } from './versions'
import { WeightBar, WeightSum } from './weights'

interface Props { code: string; version?: Version; versions: readonly Version[]; readOnly: boolean; onReload: () => void }

/** The tree at the left, what is open of it beside, and the sum of the weights always in sight. */
export function Board({ code, version, versions, readOnly, onReload }: Props) {
  const say = useTexts(pageTexts)
  const draft = useDraft(code, version, readOnly)
  const checked = useFindings(draft.words)
  const { findings } = checked
  const [at = 'card', open] = useInAddress('at')
  const box = useRef<HTMLDivElement>(null)
  const [wanted, want] = useState<string>()
  useEffect(() => {
    if (wanted !== undefined) focusPlace(box.current, wanted)
  }, [wanted, at])
  const jump = (path: string) => {
    const [, p, i] = /^\/perspectives\/(\d+)(?:\/items\/(\d+))?/.exec(path) ?? []
    open(p === undefined ? 'card' : i === undefined ? p : `${p}.${i}`)
    want(undefined)
    setTimeout(() => want(path))
  }
  const { now, edit } = draft
  const designer = useMemo(() => ({
    card: now, readOnly, findings,
    set: (path: Path, to: unknown) => readOnly || edit(changed(now, path, to), path.join('/')),
    change: (card: typeof now) => readOnly || edit(card),
    worst: (place: string) => worstAt(findings, place),
  }), [now, readOnly, findings, edit])
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || readOnly || event.nativeEvent.isComposing) return
    const key = event.key.toLowerCase()
    const action = key === 'z' ? (event.shiftKey ? draft.redo : draft.undo) : key === 'y' ? draft.redo : key === 's' ? () => void draft.put() : undefined
    if (!action) return
    event.preventDefault()
    action()
  }
  return (
    <DesignerContext value={designer}>
      <div className="rule-board" ref={box} onKeyDown={keys}>
        <div className="rule-bar">
          <WeightSum sum={checked.sum} pending={checked.pending} />
          {!readOnly && (
            <>
              <Button icon={<UndoOutlined aria-hidden />} disabled={!draft.canUndo} onClick={draft.undo}>{say('undo')}</Button>
              <Button icon={<RedoOutlined aria-hidden />} disabled={!draft.canRedo} onClick={draft.redo}>{say('redo')}</Button>
              <span className="rule-saved muted" role="status">
                {draft.dirty ? say('notSaved') : draft.saved.at ? say('savedAt', { at: instant(draft.saved.at) }) : version ? say(version.state === 'draft' ? 'isDraft' : 'inForce') : ''}
              </span>
              <Button loading={draft.busy} disabled={!draft.dirty} onClick={() => void draft.put()}>{say('save')}</Button>
              <Publish code={code} versions={versions} dirty={draft.dirty} findings={findings} onDone={onReload} />
            </>
          )}
        </div>
        <Troubles draft={draft} />
        {checked.error !== null && checked.sum === undefined && <Failure error={checked.error} />}
        <div className="rule-columns">
          <Tree at={at} open={open} />
          <div className="rule-open"><Opened at={at} open={open} /></div>
          <div className="rule-side">
            <Findings jump={jump} known={checked.sum !== undefined} />
            <section className="section"><WeightBar /></section>
            {versions.length > 0 && <VersionList code={code} versions={versions} shown={version?.number} readOnly={readOnly} onDiscard={() => { draft.forget(); onReload() }} />}
          </div>
        </div>
        <LeaveGuard dirty={draft.dirty} save={draft.put} drop={draft.forget} />
      </div>
    </DesignerContext>
  )
}

function Opened({ at, open }: { at: string; open: (at: string) => void }) {
  return (
    <>
      <Part at={at} />
      <Moves at={at} open={open} />
    </>
  )
}

function Moves({ at, open }: { at: string; open: (at: string) => void }) {
  const designer = useDesigner()
  return designer.readOnly ? null : <MoveButtons at={at} open={open} />
}

function Part({ at }: { at: string }) {
  const say = useTexts(designerTexts)
  const { card } = useDesigner()
  const [p, i] = at.split('.').map(Number)
  if (at === 'card') return <CardEditor />
  const perspective = card.perspectives[p ?? -1]
  const item = perspective?.items[i ?? -1]
  if (item) return <ItemEditor item={item} path={['perspectives', p ?? 0, 'items', i ?? 0]} />
  if (perspective && i === undefined) return <PerspectiveEditor p={p ?? 0} />
  return <p className="muted">{say('choose')}</p>
}

/** What could not be saved, and what was not saved the last time. */
function Troubles({ draft }: { draft: ReturnType<typeof useDraft> }) {
  const say = useTexts(pageTexts)
  return (
    <>
      {draft.lost && (
        <Alert type="warning" showIcon title={say('kept', { at: instant(draft.lost.at) })}
          action={<span className="rule-actions"><Button size="small" type="primary" onClick={draft.restore}>{say('restore')}</Button><Button size="small" onClick={draft.drop}>{say('drop')}</Button></span>} />
      )}
      {isProblem(draft.error, 'scorecard.old_version')
        ? <Alert type="warning" showIcon title={say('conflict')} description={say('conflictHow')}
            action={<span className="rule-actions"><Button size="small" onClick={() => void draft.loadTheirs()}>{say('loadTheirs')}</Button><Button size="small" danger onClick={() => void draft.overwrite()}>{say('overwrite')}</Button></span>} />
        : draft.error !== undefined && <Alert type="error" showIcon title={<ProblemText error={draft.error} />} />}
    </>
  )
}

/** Gives the focus to the field at a place, or to the nearest around it. */
function focusPlace(box: HTMLElement | null, path: string) {
  const all = [...(box?.querySelectorAll<HTMLElement>('[data-place]') ?? [])]
  for (let place = path; place; place = place.slice(0, place.lastIndexOf('/'))) {
    const found = all.find((one) => one.dataset.place === place && !one.closest('.rule-tree'))
    const field = found?.matches('input') ? found : found?.querySelector<HTMLElement>('input, button, select, textarea')
    if (field) {
      field.scrollIntoView({ block: 'center' })
      field.focus()
      return
    }
  }
}
