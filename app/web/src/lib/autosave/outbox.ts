import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** Something written that the server does not have yet. It survives a reload, and belongs to one user. */
export interface Unsent<Value> {
  user: string
  /** What it is part of: a kind of page and its period. */
  scope: string
  cell: string
  value: Value
  /** What stood there when it was written, and its version. */
  base: Value | undefined
  version: number
  at: number
}

interface Schema extends DBSchema {
  unsent: { key: [string, string, string]; value: Unsent<unknown>; indexes: { user: string } }
}

let opened: Promise<IDBPDatabase<Schema>> | undefined

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('steelyard', 1, {
    upgrade(db) {
      db.createObjectStore('unsent', { keyPath: ['user', 'scope', 'cell'] }).createIndex('user', 'user')
    },
  })
  return opened
}

/** What was written and not sent, in the browser's own database. */
export const outbox = {
  put: async (entries: readonly Unsent<unknown>[]): Promise<void> => {
    const tx = (await database()).transaction('unsent', 'readwrite')
    await Promise.all([...entries.map((entry) => tx.store.put(entry)), tx.done])
  },
  remove: async (user: string, scope: string, cells: readonly string[]): Promise<void> => {
    const tx = (await database()).transaction('unsent', 'readwrite')
    await Promise.all([...cells.map((cell) => tx.store.delete([user, scope, cell])), tx.done])
  },
  of: async <Value>(user: string, scope: string): Promise<Unsent<Value>[]> => {
    const all = await (await database()).getAllFromIndex('unsent', 'user', user)
    return all.filter((entry) => entry.scope === scope) as Unsent<Value>[]
  },
  count: async (user: string): Promise<number> => (await database()).countFromIndex('unsent', 'user', user),
  clear: async (user: string): Promise<void> => {
    const db = await database()
    const tx = db.transaction('unsent', 'readwrite')
    for (const key of await tx.store.index('user').getAllKeys(user)) await tx.store.delete(key)
    await tx.done
  },
}
