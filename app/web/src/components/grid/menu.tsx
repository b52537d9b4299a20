import { useEffect, useId, useRef, useState } from 'react'
import { useTexts } from '@/lib/text'
import type { GridColumn, GridSpec } from './model'
import type { GridStore } from './store'
import { gridTexts } from './texts'
import { useGridStatus } from './use-grid'

interface Props<Row> {
  store: GridStore<Row>
  spec: GridSpec<Row>
  root: React.RefObject<HTMLDivElement | null>
}

interface Option {
  value: string
  label: string
  detail?: string
}

function optionsOf<Row>(column: GridColumn<Row>, row: Row, read: (column: string) => string): Option[] {
  if (column.kind === 'choice') return column.choices(row).map((choice) => ({ value: choice.value, label: [choice.value, choice.label].filter(Boolean).join(' '), detail: choice.detail }))
  if (column.kind === 'text') return (column.phrases?.(row, read) ?? []).map((phrase) => ({ value: phrase, label: phrase }))
  return []
}

/** What the active cell can take, to choose from: the keys of a choice, phrases of a text. */
export function ChoiceMenu<Row>({ store, spec, root }: Props<Row>) {
  const active = useGridStatus(store, (status) => (status.menu ? status.active : undefined))
  const row = active && spec.rows.find((one) => spec.rowKey(one) === active.row)
  const column = active && spec.columns.find((one) => one.key === active.column)
  if (row === undefined || !column || !store.cells.editable(active)) return null
  const options = optionsOf(column, row, (other) => store.cells.text(active.row, other))
  return options.length > 0 ? <Menu key={`${active.row} ${active.column}`} store={store} column={column} options={options} root={root} /> : null
}

function Menu<Row>({ store, column, options, root }: { store: GridStore<Row>; column: GridColumn<Row>; options: readonly Option[]; root: Props<Row>['root'] }) {
  const say = useTexts(gridTexts)
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const { active } = store
  const now = active ? store.cells.text(active.row, active.column) : ''
  const [at, move] = useState(Math.max(0, options.findIndex((option) => option.value === now)))
  useEffect(() => {
    const cell = root.current?.querySelector('.grid-active')
    const element = list.current
    if (!cell || !element) return
    const box = cell.getBoundingClientRect()
    const below = window.innerHeight - box.bottom
    const height = Math.min(element.scrollHeight + 2, 280)
    element.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - element.offsetWidth - 8))}px`
    element.style.top = `${below < height + 8 ? Math.max(8, box.top - height) : box.bottom}px`
    element.focus()
  }, [root])
  const close = () => {
    store.showMenu(false)
    root.current?.querySelector<HTMLElement>('.grid-editor')?.focus({ preventScroll: true })
  }
  const choose = (option: Option | undefined) => {
    if (!option || !active) return close()
    if (column.kind === 'text') {
      const typed = store.isEditing ? store.typed : now
      store.startEdit('end')
      store.insert(typed === '' ? option.value : `${typed.replace(/\s+$/, '')}${/[。；，.;,]\s*$/.test(typed) ? '' : say('joint')}${option.value}`)
    } else {
      store.cancel()
      store.enter([{ ...active, text: option.value }])
    }
    return close()
  }
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const found = options.findIndex((option) => option.value.toLowerCase() === event.key.toLowerCase())
    if (event.key === 'ArrowDown') move(Math.min(at + 1, options.length - 1))
    else if (event.key === 'ArrowUp') move(Math.max(at - 1, 0))
    else if (event.key === 'Enter' || event.key === ' ') choose(options[at])
    else if (event.key === 'Escape' || event.key === 'Tab') close()
    else if (found >= 0) choose(options[found])
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <ul ref={list} className="grid-menu" role="listbox" tabIndex={-1} aria-label={say(column.kind === 'text' ? 'phrases' : 'choices', { column: column.title })}
      aria-activedescendant={`${id}-${at}`} onKeyDown={keys} onBlur={() => store.showMenu(false)}>
      {options.map((option, i) => (
        <li key={option.value} id={`${id}-${i}`} role="option" aria-selected={i === at} onMouseMove={() => move(i)}
          onMouseDown={(event) => {
            event.preventDefault()
            choose(option)
          }}>
          <span>{option.label}</span>
          {option.detail && <span className="grid-detail">{option.detail}</span>}
        </li>
      ))}
    </ul>
  )
}
