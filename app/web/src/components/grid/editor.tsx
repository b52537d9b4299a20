import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTexts } from '@/lib/text'
import type { CellProps } from './cell'
import { useHold } from './hold'
import { commandOf } from './keys'
import type { CellView, GridColumn } from './model'
import { gridTexts } from './texts'

/** While somebody writes a long text it is put into the cell whenever they pause. */
const pause = 700

function modeOf<Row>(column: GridColumn<Row>, row: Row): 'decimal' | 'numeric' | 'text' {
  if (column.kind === 'decimal') return 'decimal'
  return column.kind === 'choice' && column.choices(row).every((choice) => /^\d+$/.test(choice.value)) ? 'numeric' : 'text'
}

/** What is said of the active cell: whose it is, what stands there, where it is, and what is the matter with it. */
function useSpoken<Row>({ row, rowLabel, column, r, total, view }: CellProps<Row> & { view: CellView }): string {
  const say = useTexts(gridTexts)
  const place = say('place', { row: rowLabel, column: column.title, value: (column.show?.(view.text, row) ?? view.text) || say('empty'), n: r + 1, total })
  const more = view.problem ?? view.mark?.text ?? view.want ?? (view.readOnly ? say('readOnly') : undefined)
  return more === undefined ? place : say('placeMore', { place, more })
}

/**
 * The input of the active cell: there, focused and transparent, before anybody
 * types, so that an input method's first stroke goes where it belongs.
 */
export function Editor<Row>(props: CellProps<Row> & { view: CellView }) {
  const { store, row, column, view, tabMoves } = props
  const { editing } = view
  const input = useRef<HTMLTextAreaElement>(null)
  const composing = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const hold = useHold()
  const spoken = useSpoken(props)
  useLayoutEffect(() => {
    if (!hold.focused || !input.current) return
    input.current.focus({ preventScroll: true })
    input.current.closest('[data-cell]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [hold])
  useLayoutEffect(() => {
    const element = input.current
    if (!element) return
    if (!editing) element.value = ''
    else if (element.value !== store.typed) {
      element.value = store.typed
      element.setSelectionRange(element.value.length, element.value.length)
    }
    fit(element, editing)
  }, [editing, store])
  useEffect(() => () => clearTimeout(timer.current), [])
  const typed = (element: HTMLTextAreaElement) => {
    if (view.readOnly) return
    store.type(element.value)
    fit(element, true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => composing.current || store.keepTyped(), pause)
  }
  const keys = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    const { nativeEvent: key } = event
    if (store.status().plan && !key.isComposing) return decide(event)
    const command = commandOf(key, { editing: store.isEditing, caret: store.caretMoves, lines: column.kind === 'text', tabMoves })
    if (!command) return undefined
    event.preventDefault()
    event.stopPropagation()
    if (command.do === 'newline') {
      event.currentTarget.setRangeText('\n', event.currentTarget.selectionStart, event.currentTarget.selectionEnd, 'end')
      typed(event.currentTarget)
    } else store.run(command)
    return undefined
  }
  const decide = (event: React.KeyboardEvent) => {
    if (event.key === 'Tab' || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter' || event.key === 'Escape') store.decidePaste(event.key === 'Enter')
  }
  const clipboard = (event: React.ClipboardEvent, work: () => void) => {
    if (store.isEditing) return
    event.preventDefault()
    work()
  }
  return (
    <textarea
      ref={input}
      rows={1}
      className="grid-editor"
      aria-label={spoken}
      readOnly={view.readOnly}
      inputMode={modeOf(column, row)}
      autoComplete="off"
      spellCheck={false}
      onFocus={() => hold.take()}
      onBlur={() => hold.release()}
      onKeyDown={keys}
      onInput={(event) => typed(event.currentTarget)}
      onCompositionStart={() => {
        composing.current = true
        if (!view.readOnly) store.startEdit('over')
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        typed(event.currentTarget)
      }}
      onCopy={(event) => clipboard(event, () => event.clipboardData.setData('text/plain', store.copy()))}
      onCut={(event) => clipboard(event, () => event.clipboardData.setData('text/plain', store.cut()))}
      onPaste={(event) => clipboard(event, () => store.paste(event.clipboardData.getData('text/plain')))}
    />
  )
}

/** The editor grows with its text. */
function fit(element: HTMLTextAreaElement, editing: boolean): void {
  element.style.height = ''
  if (editing && element.scrollHeight > element.clientHeight) element.style.height = `${Math.min(element.scrollHeight + 2, 220)}px`
}
