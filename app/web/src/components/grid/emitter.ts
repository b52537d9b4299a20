/** Tells those who follow a key, and those who follow everything, that something changed. */
export class Emitter {
  private readonly followers = new Map<string, Set<() => void>>()
  private readonly all = new Set<() => void>()
  private waiting: Set<string> | undefined

  follow(key: string, changed: () => void): () => void {
    const set = this.followers.get(key) ?? new Set()
    this.followers.set(key, set.add(changed))
    return () => set.delete(changed)
  }

  followAll(changed: () => void): () => void {
    this.all.add(changed)
    return () => this.all.delete(changed)
  }

  /** Gathers what changes in a piece of work, and tells of each key once at its end. */
  batch<T>(work: (touch: (key: string) => void) => T): T {
    if (this.waiting) {
      const { waiting } = this
      return work((key) => waiting.add(key))
    }
    const touched = (this.waiting = new Set<string>())
    try {
      return work((key) => touched.add(key))
    } finally {
      this.waiting = undefined
      for (const key of touched) for (const tell of this.followers.get(key) ?? []) tell()
      for (const tell of this.all) tell()
    }
  }
}
