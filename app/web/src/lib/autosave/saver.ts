import { isProblem } from '../api'
import { type Unsent, outbox } from './outbox'

/** What the server has of a cell. */
export interface Known<Value> {
  version: number
  value: Value
}

/** What became of one cell that was sent. */
export type Answer<Value> =
  | { is: 'saved'; version: number }
  | { is: 'refused'; reason: string }
  | { is: 'moved'; theirs: Theirs<Value> }

/** What somebody else wrote meanwhile. `locked`: it cannot be written over. */
export interface Theirs<Value> extends Known<Value> {
  by: string | undefined
  at: string | undefined
  locked?: string
}

export type CellState<Value> =
  | { is: 'waiting' | 'held' }
  | { is: 'refused'; reason: string }
  | { is: 'conflict'; theirs: Theirs<Value> }

export interface Sent<Value> {
  cell: string
  value: Value
  version: number
}

export interface SaverOptions<Value> {
  user: string
  scope: string
  send: (cells: readonly Sent<Value>[]) => Promise<readonly Answer<Value>[]>
  same: (a: Value, b: Value) => boolean
  /** Whether a value may be sent; what may not is kept here until it may. */
  ready: (value: Value, cell: string) => boolean
}

/** A cell stands otherwise; undefined: the server has it. */
export type OnCell<Value> = (cell: string, state: CellState<Value> | undefined, value: Value) => void

export interface SaverStatus {
  state: 'idle' | 'saving' | 'offline' | 'stopped'
  /** Cells that are written and neither saved nor refused. */
  waiting: number
  /** Cells that cannot be sent as they are. */
  held: number
  savedAt: Date | undefined
  /** Why nothing can be saved any more. */
  reason: string | undefined
  conflicts: number
  refused: number
}

interface Entry<Value> extends Unsent<Value> {
  state: CellState<Value>
}

const pause = 800
const most = 200
const delays = [2_000, 5_000, 10_000, 30_000]

/** Every saver that lives, for whoever must know that all is saved. */
const living = new Set<{ flush: () => Promise<void> }>()

/** Sends what waits, everywhere, and says how much the user still has that was not saved. */
export async function settle(user: string): Promise<number> {
  await Promise.all([...living].map((saver) => saver.flush()))
  return outbox.count(user)
}

/**
 * Saves cells a moment after they were written, many in one request, each with the
 * version that its writer saw. What cannot be sent is kept, here and in the
 * browser's database, and is never replaced by anything but its writer's choice.
 */
export class Saver<Value> {
  private readonly entries = new Map<string, Entry<Value>>()
  private readonly known = new Map<string, Known<Value>>()
  private readonly followers = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private sending: Promise<void> | undefined
  private failures = 0
  private offline = false
  private stopped: string | undefined
  private savedAt: Date | undefined
  private shown: SaverStatus | undefined

  private onCell: OnCell<Value> = () => undefined

  constructor(private readonly options: SaverOptions<Value>) {}

  /** Says who is told how cells stand. */
  listen(onCell: OnCell<Value>): void {
    this.onCell = onCell
  }

  /** Begins to listen to the network; the returned function ends it. */
  start(): () => void {
    living.add(this)
    const back = () => void this.flush()
    const hidden = () => document.visibilityState === 'hidden' && void this.flush()
    window.addEventListener('online', back)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      living.delete(this)
      window.removeEventListener('online', back)
      document.removeEventListener('visibilitychange', hidden)
      void this.flush()
    }
  }

  readonly follow = (changed: () => void): (() => void) => {
    this.followers.add(changed)
    return () => this.followers.delete(changed)
  }

  readonly status = (): SaverStatus => {
    if (this.shown) return this.shown
    const count = { waiting: 0, held: 0, conflict: 0, refused: 0 }
    for (const { state } of this.entries.values()) count[state.is]++
    return (this.shown = {
      state: this.stopped !== undefined ? 'stopped' : this.offline ? 'offline' : count.waiting > 0 ? 'saving' : 'idle',
      waiting: count.waiting,
      held: count.held,
      savedAt: this.savedAt,
      reason: this.stopped,
      conflicts: count.conflict,
      refused: count.refused,
    })
  }

  private tell(): void {
    this.shown = undefined
    for (const changed of this.followers) changed()
  }

  /** Says what the server has of a cell, as the page has read it. */
  know(cell: string, known: Known<Value>): void {
    this.known.set(cell, known)
  }

  /** What the server is known to have. */
  knows(cell: string): Known<Value> | undefined {
    return this.known.get(cell)
  }

  /** What somebody wrote into a cell and the server has not, and how it stands. */
  pending(cell: string): { value: Value; state: CellState<Value> } | undefined {
    return this.entries.get(cell)
  }

  /** All that was written and is not saved. */
  unsaved(): { cell: string; value: Value; state: CellState<Value> }[] {
    return [...this.entries.values()]
  }

  /** Takes what was written into cells. */
  write(changes: readonly { cell: string; value: Value }[]): void {
    const kept: Entry<Value>[] = []
    const gone: string[] = []
    for (const { cell, value } of changes) {
      const known = this.known.get(cell)
      const before = this.entries.get(cell)
      if (known && this.options.same(known.value, value) && before?.state.is !== 'conflict' && !this.sending) {
        if (before) gone.push(cell)
        this.entries.delete(cell)
        this.onCell(cell, undefined, value)
        continue
      }
      const state: CellState<Value> =
        before?.state.is === 'conflict' ? before.state : { is: this.options.ready(value, cell) ? 'waiting' : 'held' }
      kept.push(this.put(cell, value, before?.base ?? known?.value, before?.version ?? known?.version ?? 0, state))
    }
    void this.keep(kept, gone)
    this.tell()
    this.later()
  }

  private put(cell: string, value: Value, base: Value | undefined, version: number, state: CellState<Value>): Entry<Value> {
    const { user, scope } = this.options
    const entry: Entry<Value> = { user, scope, cell, value, base, version, at: Date.now(), state }
    this.entries.set(cell, entry)
    this.onCell(cell, state, value)
    return entry
  }

  private async keep(kept: readonly Entry<Value>[], gone: readonly string[]): Promise<void> {
    try {
      if (kept.length > 0) await outbox.put(kept.map(({ user, scope, cell, value, base, version, at }) => ({ user, scope, cell, value, base, version, at })))
      if (gone.length > 0) await outbox.remove(this.options.user, this.options.scope, gone)
    } catch {
      // A browser that keeps nothing still has it on the page.
    }
  }

  /** Brings back what an earlier visit could not send. What the server has is to be known before. */
  async restore(): Promise<{ cell: string; value: Value }[]> {
    const left = await outbox.of<Value>(this.options.user, this.options.scope).catch(() => [])
    const back: { cell: string; value: Value }[] = []
    const gone: string[] = []
    for (const unsent of left) {
      if (this.entries.has(unsent.cell)) continue
      const known = this.known.get(unsent.cell)
      if (known && this.options.same(known.value, unsent.value)) {
        gone.push(unsent.cell)
        continue
      }
      const unmoved = !known ? unsent.version === 0 : known.version === unsent.version || (unsent.base !== undefined && this.options.same(known.value, unsent.base))
      const state: CellState<Value> = unmoved
        ? { is: this.options.ready(unsent.value, unsent.cell) ? 'waiting' : 'held' }
        : { is: 'conflict', theirs: { version: known?.version ?? 0, value: known?.value ?? unsent.value, by: undefined, at: undefined } }
      this.put(unsent.cell, unsent.value, unsent.base, unmoved ? (known?.version ?? 0) : unsent.version, state)
      back.push({ cell: unsent.cell, value: unsent.value })
    }
    void this.keep([], gone)
    this.tell()
    this.later(0)
    return back
  }

  /** Settles a conflict: with what was written here, or with what somebody else wrote. */
  resolve(cell: string, mine: boolean): void {
    const entry = this.entries.get(cell)
    if (entry?.state.is !== 'conflict') return
    const { theirs } = entry.state
    this.known.set(cell, { version: theirs.version, value: theirs.value })
    if (mine) void this.keep([this.put(cell, entry.value, theirs.value, theirs.version, { is: 'waiting' })], [])
    else {
      this.entries.delete(cell)
      void this.keep([], [cell])
      this.onCell(cell, undefined, theirs.value)
    }
    this.tell()
    this.later(0)
  }

  /** Gives up what was written and could not be saved. */
  discard(): void {
    const cells = [...this.entries.keys()]
    this.entries.clear()
    void this.keep([], cells)
    for (const cell of cells) {
      const known = this.known.get(cell)
      if (known) this.onCell(cell, undefined, known.value)
    }
    this.tell()
  }

  private later(delay = pause): void {
    clearTimeout(this.timer)
    if (this.stopped === undefined) this.timer = setTimeout(() => void this.flush(), delay)
  }

  /** Sends what waits, now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    while (this.sending) await this.sending
    if (this.stopped !== undefined) return
    const waiting = [...this.entries.values()].filter((entry) => entry.state.is === 'waiting').slice(0, most)
    if (waiting.length === 0) return
    this.sending = this.sendAll(waiting)
    await this.sending
    this.sending = undefined
    const more = [...this.entries.values()].some((entry) => entry.state.is === 'waiting')
    if (more && !this.offline) await this.flush()
  }

  private async sendAll(waiting: readonly Entry<Value>[]): Promise<void> {
    const cells = waiting.map(({ cell, value, version }) => ({ cell, value, version }))
    this.tell()
    try {
      const answers = await this.options.send(cells)
      this.offline = false
      this.failures = 0
      const gone: string[] = []
      cells.forEach((sent, i) => this.take(sent, answers[i], gone))
      await this.keep([...this.entries.values()].filter((entry) => cells.some((sent) => sent.cell === entry.cell)), gone)
    } catch (error) {
      this.fail(error)
    }
    this.tell()
  }

  private take(sent: Sent<Value>, answer: Answer<Value> | undefined, gone: string[]): void {
    const entry = this.entries.get(sent.cell)
    if (!entry || !answer) return
    if (answer.is === 'saved') this.saved(sent, entry, answer.version, gone)
    else if (answer.is === 'refused') this.put(entry.cell, entry.value, entry.base, entry.version, { is: 'refused', reason: answer.reason })
    else {
      const { theirs } = answer
      if (this.options.same(theirs.value, sent.value)) this.saved(sent, entry, theirs.version, gone)
      else if (!theirs.locked && entry.base !== undefined && this.options.same(theirs.value, entry.base)) {
        this.known.set(entry.cell, theirs)
        this.put(entry.cell, entry.value, theirs.value, theirs.version, { is: 'waiting' })
      } else this.put(entry.cell, entry.value, entry.base, entry.version, { is: 'conflict', theirs })
    }
  }

  private saved(sent: Sent<Value>, entry: Entry<Value>, version: number, gone: string[]): void {
    this.savedAt = new Date()
    this.known.set(sent.cell, { version, value: sent.value })
    if (this.options.same(entry.value, sent.value)) {
      this.entries.delete(sent.cell)
      gone.push(sent.cell)
      this.onCell(sent.cell, undefined, sent.value)
    } else {
      this.put(sent.cell, entry.value, sent.value, version, { is: this.options.ready(entry.value, entry.cell) ? 'waiting' : 'held' })
    }
  }

  /** A refusal of the whole ends the saving, with its reason; anything else is tried again. */
  private fail(error: unknown): void {
    if (isProblem(error) && error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429) {
      this.stopped = error.message
      return
    }
    this.offline = true
    this.later(delays[Math.min(this.failures++, delays.length - 1)])
  }
}
