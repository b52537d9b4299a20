/** What a key asks of the grid. `undefined` in place of a command: the key is the browser's. */
export type Command =
  | { do: 'move' | 'jump' | 'commit'; dr: number; dc: number; extend?: boolean }
  | { do: 'edge'; to: 'rowStart' | 'rowEnd' | 'first' | 'last'; extend: boolean }
  | { do: 'page'; by: 1 | -1; extend: boolean }
  | { do: Simple }

type Simple =
  | 'edit' | 'toggleCaret' | 'cancel' | 'collapse' | 'clear' | 'fillDown' | 'fillRight' | 'fillRange' | 'commitFill' | 'undo' | 'redo'
  | 'find' | 'choices' | 'save' | 'selectAll' | 'partner' | 'nothing' | 'newline'

export interface Key {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
  isComposing: boolean
  keyCode: number
}

export interface Situation {
  editing: boolean
  /** In edit mode: whether arrows move the caret, not the cell. */
  caret: boolean
  /** Whether the cell takes several lines, so that up and down are the caret's. */
  lines: boolean
  /** Whether Tab moves between cells. */
  tabMoves: boolean
}

const arrows: Record<string, { dr: number; dc: number } | undefined> = {
  ArrowUp: { dr: -1, dc: 0 }, ArrowDown: { dr: 1, dc: 0 }, ArrowLeft: { dr: 0, dc: -1 }, ArrowRight: { dr: 0, dc: 1 },
}

/** What a key means now. While an input method composes, every key is its own. */
export function commandOf(key: Key, now: Situation): Command | undefined {
  if (key.isComposing || key.keyCode === 229) return undefined
  const ctrl = key.ctrlKey || key.metaKey
  if (key.altKey) return key.key === 'ArrowDown' ? { do: 'choices' } : now.editing && key.key === 'Enter' ? { do: 'newline' } : undefined
  if (ctrl) {
    const always: Record<string, Command | undefined> = { s: { do: 'save' }, f: { do: 'find' } }
    const command = always[key.key.toLowerCase()]
    if (command) return command
  }
  return now.editing ? editing(key, ctrl, now) : navigating(key, ctrl, now)
}

function navigating(key: Key, ctrl: boolean, now: Situation): Command | undefined {
  const extend = key.shiftKey
  const arrow = arrows[key.key]
  if (arrow) return { do: ctrl ? 'jump' : 'move', ...arrow, extend }
  if (ctrl) return withControl(key)
  switch (key.key) {
    case 'Enter':
      return { do: extend ? 'nothing' : 'edit' }
    case 'F2':
      return { do: extend ? 'partner' : 'edit' }
    case 'Tab':
      return now.tabMoves ? { do: 'move', dr: 0, dc: extend ? -1 : 1 } : undefined
    case 'Escape':
      return { do: 'collapse' }
    case 'Delete':
    case 'Backspace':
      return { do: 'clear' }
    case 'Home':
      return { do: 'edge', to: 'rowStart', extend }
    case 'End':
      return { do: 'edge', to: 'rowEnd', extend }
    case 'PageUp':
      return { do: 'page', by: -1, extend }
    case 'PageDown':
      return { do: 'page', by: 1, extend }
  }
  return undefined
}

function withControl(key: Key): Command | undefined {
  switch (key.key.toLowerCase()) {
    case 'd':
      return { do: 'fillDown' }
    case 'r':
      return { do: 'fillRight' }
    case 'enter':
      return { do: 'fillRange' }
    case 'z':
      return { do: key.shiftKey ? 'redo' : 'undo' }
    case 'y':
      return { do: 'redo' }
    case 'a':
      return { do: 'selectAll' }
    case 'home':
      return { do: 'edge', to: 'first', extend: key.shiftKey }
    case 'end':
      return { do: 'edge', to: 'last', extend: key.shiftKey }
  }
  return undefined
}

function editing(key: Key, ctrl: boolean, now: Situation): Command | undefined {
  const arrow = arrows[key.key]
  if (arrow && !ctrl && !key.shiftKey && (!now.caret || (!now.lines && arrow.dr !== 0))) return { do: 'commit', ...arrow }
  switch (key.key) {
    case 'Enter':
      return ctrl ? { do: 'commitFill' } : { do: 'commit', dr: key.shiftKey ? -1 : 1, dc: 0 }
    case 'Tab':
      return { do: 'commit', dr: 0, dc: key.shiftKey ? -1 : 1 }
    case 'Escape':
      return { do: 'cancel' }
    case 'F2':
      return key.shiftKey ? { do: 'partner' } : { do: 'toggleCaret' }
  }
  return undefined
}
