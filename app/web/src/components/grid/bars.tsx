import { CloseOutlined, DownOutlined, QuestionCircleOutlined, RedoOutlined, UndoOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Input, Popover } from 'antd'
import { useTexts } from '@/lib/text'
import type { GridStore } from './store'
import { gridTexts } from './texts'
import { useGridStatus } from './use-grid'

/** What a large paste would do; Enter takes it, Esc drops it. */
export function PasteChip<Row>({ store }: { store: GridStore<Row> }) {
  const say = useTexts(gridTexts)
  const plan = useGridStatus(store, (status) => status.plan)
  if (!plan) return <div role="status" className="sr-only" />
  const parts = [
    say('pasteSize', { rows: plan.rows, columns: plan.columns }),
    plan.matched && say('pasteMatched'),
    plan.unreadable > 0 && say('pasteUnreadable', { n: plan.unreadable }),
    plan.clipped > 0 && say('pasteClipped', { n: plan.clipped }),
    plan.strangers.length > 0 && say('pasteStrangers', { n: plan.strangers.length, who: plan.strangers.slice(0, 5).join(say('comma')) }),
  ].filter(Boolean)
  const decide = (take: boolean) => (event: React.MouseEvent) => {
    event.preventDefault() // the focus stays in the cell
    store.decidePaste(take)
  }
  return (
    <div className="grid-chip" role="status" aria-label={say('pasteLabel')}>
      <span>{parts.join(say('semicolon'))}</span>
      <Button size="small" type="primary" onMouseDown={decide(true)} onClick={() => store.decidePaste(true)}>{say('pasteTake')}</Button>
      <Button size="small" onMouseDown={decide(false)} onClick={() => store.decidePaste(false)}>{say('pasteDrop')}</Button>
    </div>
  )
}

/** Finds a text in the grid. */
export function FindBar<Row>({ store, onClose }: { store: GridStore<Row>; onClose: () => void }) {
  const say = useTexts(gridTexts)
  const find = useGridStatus(store, (status) => status.find)
  if (!find.open) return null
  const close = () => {
    store.openFind(false)
    onClose()
  }
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' || event.key === 'F3') store.findNext(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
  }
  const count = find.hits > 0 ? say('findCount', { at: find.at + 1, n: find.hits }) : find.text.trim() ? say('findNone') : ''
  return (
    <div className="grid-find" role="search" aria-label={say('find')}>
      <Input autoFocus size="small" aria-label={say('find')} value={find.text} onChange={(event) => store.search(event.target.value)} onKeyDown={keys} />
      <span role="status" className="figure">{count}</span>
      <Button size="small" icon={<UpOutlined aria-hidden />} aria-label={say('findPrevious')} onClick={() => store.findNext(-1)} />
      <Button size="small" icon={<DownOutlined aria-hidden />} aria-label={say('findNext')} onClick={() => store.findNext(1)} />
      <Button size="small" icon={<CloseOutlined aria-hidden />} aria-label={say('findClose')} onClick={close} />
    </div>
  )
}

/** Under the grid: what is the matter with the active cell, how many are wrong, steps back and forth. */
export function MessageBar<Row>({ store, onGo }: { store: GridStore<Row>; onGo: () => void }) {
  return (
    <div className="grid-bar">
      <Matter store={store} />
      <Said store={store} />
      <Steps store={store} onGo={onGo} />
    </div>
  )
}

function Matter<Row>({ store }: { store: GridStore<Row> }) {
  const view = useGridStatus(store, ({ active }) => active && store.view(active))
  const trouble = view?.problem ?? view?.mark?.text
  return <span className={trouble !== undefined ? 'grid-bar-text grid-bar-wrong' : 'grid-bar-text'}>{trouble ?? view?.want ?? ''}</span>
}

function Said<Row>({ store }: { store: GridStore<Row> }) {
  return <span className="sr-only" role="status">{useGridStatus(store, (status) => status.said)}</span>
}

function Steps<Row>({ store, onGo }: { store: GridStore<Row>; onGo: () => void }) {
  const say = useTexts(gridTexts)
  const wrong = useGridStatus(store, (status) => status.wrong)
  const canUndo = useGridStatus(store, (status) => status.canUndo)
  const canRedo = useGridStatus(store, (status) => status.canRedo)
  const then = (work: () => void) => () => {
    work()
    onGo()
  }
  return (
    <>
      {wrong > 0 && (
        <Button size="small" danger onClick={then(() => store.nextWrong())}>{`${say('problems', { n: wrong })} · ${say('nextProblem')}`}</Button>
      )}
      <Button size="small" type="text" icon={<UndoOutlined aria-hidden />} aria-label={say('undo')} aria-keyshortcuts="Control+Z" disabled={!canUndo} onClick={then(() => store.undo())} />
      <Button size="small" type="text" icon={<RedoOutlined aria-hidden />} aria-label={say('redo')} aria-keyshortcuts="Control+Y" disabled={!canRedo} onClick={then(() => store.redo())} />
      <Popover trigger="click" placement="topRight" title={say('keys')} content={<p className="grid-keys">{say('keysText')}</p>}>
        <Button size="small" type="text" icon={<QuestionCircleOutlined aria-hidden />} aria-label={say('keys')} />
      </Popover>
    </>
  )
}
