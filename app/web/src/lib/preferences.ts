import { useSyncExternalStore } from 'react'

/** How a user likes the pages; kept in this browser and, by the settings page, with the account. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark'
  density: 'default' | 'dense'
  /** Whether Tab moves between the cells of a grid, instead of leaving it. */
  tabMovesInGrids: boolean
  /** Whether the tour of the pages was seen or skipped; the account alone says so, and until it is heard it was. */
  tourSeen: boolean
}

const kept = 'steelyard.preferences'
const first: Preferences = { theme: 'system', density: 'default', tabMovesInGrids: false, tourSeen: true }
const followers = new Set<() => void>()
let current = read()

function read(): Preferences {
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<Preferences>) }
  } catch {
    return first
  }
}

/** Changes some of the preferences at once. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  localStorage.setItem(kept, JSON.stringify({ ...current, tourSeen: undefined }))
  for (const follow of followers) follow()
}

/** The preferences as they are now. */
export const currentPreferences = (): Preferences => current

/** Tells of every change; what it gives ends that. */
export function followPreferences(changed: () => void): () => void {
  followers.add(changed)
  return () => followers.delete(changed)
}

/** The preferences, followed by the component. */
export const usePreferences = (): Preferences => useSyncExternalStore(followPreferences, currentPreferences)
