import type { Schema } from '@/lib/api'

export type View = Schema<'View'>

/** The month is no part of a view, so that it serves next month too. */
const kept = ['period']

/** What a view of this address would keep, in an order of its own. */
export function addressOf(params: URLSearchParams, except: readonly string[]): string {
  const own = new URLSearchParams()
  for (const [name, value] of params) if (!kept.includes(name) && !except.includes(name)) own.append(name, value)
  own.sort()
  return own.toString()
}

/** Whether two addresses ask for the same, whatever their order. */
export function sameAddress(a: string, b: string): boolean {
  return addressOf(new URLSearchParams(a), []) === addressOf(new URLSearchParams(b), [])
}

/** How the address changes to that of a view. */
export function changeTo(params: URLSearchParams, query: string): Record<string, readonly string[] | undefined> {
  const next = new URLSearchParams(query)
  const change: Record<string, readonly string[] | undefined> = {}
  for (const name of params.keys()) if (!kept.includes(name)) change[name] = undefined
  for (const name of next.keys()) if (!kept.includes(name)) change[name] = next.getAll(name)
  return change
}

const startKey = (user: string, page: string) => `steelyard.start.${user}.${page}`

/** The view with which a user begins on a page, in this browser. */
export function startView(user: string, page: string): number | undefined {
  const id = Number(localStorage.getItem(startKey(user, page)))
  return id > 0 ? id : undefined
}

/** Chooses the view to begin with; none for undefined. */
export function setStartView(user: string, page: string, id: number | undefined): void {
  if (id === undefined) localStorage.removeItem(startKey(user, page))
  else localStorage.setItem(startKey(user, page), String(id))
}
