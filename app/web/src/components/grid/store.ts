import { say } from '@/lib/text'
import { parseBlock, writeBlock } from './clipboard'
import type { Command } from './keys'
import type { CellEdit, Place } from './model'
import { planPaste, type PastePlan } from './paste'
import { type Selection, at, edgeFrom, placesOf, rangeOf, same, within } from './selection'
import { GridState } from './state'
import { gridTexts } from './texts'

/** A paste of more cells than this is shown before it is taken. */
const large = 20
const pageRows = 10

/**
 * The grid's state, outside of React: each cell follows its own view, so that a
 * key redraws what it changed and nothing else. What keys and the clipboard do to it.
 */
export class GridStore<Row> extends GridState<Row> {
  private fill(source: (place: Place) => Place | string, places: Iterable<Place>, said: 'filled' | 'cleared' = 'filled'): void {
    const edits: CellEdit[] = []
    for (const place of places) {
      const ref = this.cells.refOf(place)
      if (!ref || !this.cells.editable(ref)) continue
      const from = source(place)
      const origin = typeof from === 'string' ? undefined : this.cells.refOf(from)
      const given = typeof from === 'string' ? from : origin ? this.cells.text(origin.row, origin.column) : ''
      edits.push({ ...ref, before: this.cells.text(ref.row, ref.column), after: this.read(ref, given) })
    }
    this.announce(say(gridTexts, said, { n: this.write(edits) }))
  }

  // The clipboard

  copy(): string {
    const { from, to } = rangeOf(this.selection)
    const block: string[][] = []
    for (let r = from.r; r <= to.r; r++) {
      const row: string[] = []
      for (let c = from.c; c <= to.c; c++) {
        const ref = this.cells.refOf({ r, c })
        row.push(ref ? this.cells.text(ref.row, ref.column) : '')
      }
      block.push(row)
    }
    this.announce(say(gridTexts, 'copied', { rows: block.length, columns: block[0]?.length ?? 0 }))
    return writeBlock(block)
  }

  cut(): string {
    const text = this.copy()
    this.fill(() => '', placesOf(this.selection), 'cleared')
    return text
  }

  /** Takes a small paste at once; of a large one, or one that cannot all be read, it shows first what it would do. */
  paste(text: string): void {
    const block = this.cells.columnOf(this.active?.column ?? '')?.kind === 'text' && !text.includes('\t') && !text.startsWith('"') && same(this.selection.anchor, this.selection.head) ? [[text]] : parseBlock(text)
    const plan = planPaste(this.spec, this.cells.text, rangeOf(this.selection), block)
    if (plan.edits.length > large || plan.unreadable > 0 || plan.strangers.length > 0) this.change(() => (this.plan = plan))
    else this.take(plan)
  }

  /** Takes, or drops, the paste that is shown. */
  decidePaste(take: boolean): void {
    const { plan } = this
    if (!plan) return
    this.change(() => (this.plan = undefined))
    if (take) this.take(plan)
    else this.announce(say(gridTexts, 'dropped'))
  }

  private take(plan: PastePlan): void {
    this.write(plan.edits)
    const places = plan.edits.map((edit) => this.cells.placeOf(edit)).filter((p) => p !== undefined)
    if (places.length > 1) {
      const rows = places.map((p) => p.r)
      const columns = places.map((p) => p.c)
      this.setSelection({ anchor: { r: Math.min(...rows), c: Math.min(...columns) }, head: { r: Math.max(...rows), c: Math.max(...columns) } })
    }
    this.announce(say(gridTexts, 'pasted', { n: plan.edits.length, bad: plan.unreadable }))
  }

  // Finding

  openFind(open: boolean): void {
    this.commit()
    this.change((touch) => {
      this.touchPlaces(touch, this.hits)
      this.find = { ...this.find, open }
      this.touchPlaces(touch, this.hits)
    })
  }

  search(text: string): void {
    const asked = text.trim().toLowerCase()
    this.change((touch) => {
      this.touchPlaces(touch, this.hits)
      this.hits = []
      if (asked !== '') {
        this.spec.rows.forEach((_, r) => {
          this.spec.columns.forEach((_column, c) => {
            const ref = this.cells.refOf({ r, c })
            if (ref && this.view(ref).shown.toLowerCase().includes(asked)) this.hits.push({ r, c })
          })
        })
      }
      this.find = { open: true, text, at: 0 }
      this.touchPlaces(touch, this.hits)
    })
    if (this.hits[0]) this.setSelection(at(this.hits[0]))
  }

  findNext(by: 1 | -1): void {
    if (this.hits.length === 0) return
    this.find = { ...this.find, at: (this.find.at + by + this.hits.length) % this.hits.length }
    this.setSelection(at(this.hits[this.find.at] as Place))
  }

  /** Goes to the next cell that is wrong. */
  nextWrong(): void {
    const wrong = this.cells.wrong()
    const { anchor } = this.selection
    const later = wrong.find((ref) => {
      const place = this.cells.placeOf(ref)
      return place && (place.r > anchor.r || (place.r === anchor.r && place.c > anchor.c))
    })
    const next = later ?? wrong[0]
    if (next) this.goToCell(next)
  }

  showMenu(open: boolean): void {
    this.change(() => (this.menu = open))
  }

  // Keys

  private get moving(): Place {
    return this.selection.head
  }

  run(command: Command): void {
    switch (command.do) {
      case 'move':
        return this.select({ r: this.moving.r + command.dr, c: this.moving.c + command.dc }, command.extend ?? false)
      case 'jump':
        return this.select(edgeFrom(this.moving, command.dr, command.dc, this.size, this.isFilled), command.extend ?? false)
      case 'edge':
        return this.select(this.edgeOf(command.to), command.extend)
      case 'page':
        return this.select({ r: this.moving.r + command.by * pageRows, c: this.moving.c }, command.extend)
      case 'commit': {
        const { anchor } = this.selection
        this.commit()
        return this.select({ r: anchor.r + command.dr, c: anchor.c + command.dc }, false)
      }
      default:
        return this.simple[command.do]()
    }
  }

  private readonly isFilled = (place: Place): boolean => {
    const ref = this.cells.refOf(place)
    return ref !== undefined && this.cells.text(ref.row, ref.column) !== ''
  }

  private edgeOf(to: 'rowStart' | 'rowEnd' | 'first' | 'last'): Place {
    const { rows, columns } = this.size
    const first = Math.max(0, this.spec.columns.findIndex((column) => column.editable))
    switch (to) {
      case 'rowStart':
        return { r: this.moving.r, c: this.moving.c === first ? 0 : first }
      case 'rowEnd':
        return { r: this.moving.r, c: columns - 1 }
      case 'first':
        return { r: 0, c: first }
      case 'last':
        return { r: rows - 1, c: columns - 1 }
    }
  }

  private readonly simple: Record<Exclude<Command['do'], 'move' | 'jump' | 'edge' | 'page' | 'commit'>, () => void> = {
    edit: () => this.startEdit('end'),
    toggleCaret: () => {
      if (this.edit) this.edit.caret = !this.edit.caret
    },
    cancel: () => (this.menu ? this.showMenu(false) : this.cancel()),
    collapse: () => (this.menu ? this.showMenu(false) : this.setSelection(at(this.selection.anchor))),
    clear: () => this.fill(() => '', placesOf(this.selection), 'cleared'),
    fillDown: () => this.fill((p) => ({ r: this.fillFrom('r'), c: p.c }), placesOf(this.fillArea('r'))),
    fillRight: () => this.fill((p) => ({ r: p.r, c: this.fillFrom('c') }), placesOf(this.fillArea('c'))),
    fillRange: () => this.fill(() => this.selection.anchor, placesOf(this.selection)),
    commitFill: () => {
      const ref = this.active
      const { edit } = this
      if (!ref || !edit) return
      this.cancel()
      this.fill(() => edit.typed, placesOf(this.selection))
    },
    undo: () => this.undo(),
    redo: () => this.redo(),
    find: () => this.openFind(true),
    choices: () => this.showMenu(true),
    save: () => {
      this.commit()
      this.events.onSave?.()
    },
    selectAll: () => {
      const first = this.edgeOf('first')
      this.setSelection({ anchor: first, head: within({ r: Infinity, c: Infinity }, this.size) })
    },
    partner: () => {
      const ref = this.active
      const partner = ref && this.cells.columnOf(ref.column)?.partner
      if (ref && partner) this.goToCell({ row: ref.row, column: partner })
    },
    nothing: () => undefined,
    newline: () => undefined,
  }

  /** The row, or column, that is filled from: the first of the range; of a single cell the one before it. */
  private fillFrom(axis: 'r' | 'c'): number {
    const { from, to } = rangeOf(this.selection)
    return from[axis] === to[axis] ? Math.max(0, from[axis] - 1) : from[axis]
  }

  private fillArea(axis: 'r' | 'c'): Selection {
    const { from, to } = rangeOf(this.selection)
    return from[axis] === to[axis] ? { anchor: from, head: to } : { anchor: { ...from, [axis]: from[axis] + 1 }, head: to }
  }
}
