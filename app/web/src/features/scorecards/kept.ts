/** Unsaved changes of a scorecard, kept in this browser so that nothing typed is lost. */
export interface Kept { definition: Record<string, unknown>; at: string }

const name = (user: string, code: string) => `steelyard.scorecard.${user}.${code}`

export function readKept(user: string, code: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(name(user, code)) ?? 'null') as Kept | null
    return kept && typeof kept.at === 'string' && typeof kept.definition === 'object' ? kept : undefined
  } catch {
    return undefined
  }
}

export function keep(user: string, code: string, definition: Record<string, unknown>): void {
  localStorage.setItem(name(user, code), JSON.stringify({ definition, at: new Date().toISOString() }))
}

export const forget = (user: string, code: string): void => localStorage.removeItem(name(user, code))
