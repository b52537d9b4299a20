import type { Schema } from '@/lib/api'

export type GrantState = 'inForce' | 'later' | 'ended' | 'revoked'

/** How a grant stands on a day. */
export function stateOf(grant: Schema<'Grant'>, today: string): GrantState {
  if (grant.revoked_at) return 'revoked'
  if (grant.from > today) return 'later'
  return grant.until && grant.until < today ? 'ended' : 'inForce'
}

/** The day of now in the browser's zone. */
export function today(): string {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
}
