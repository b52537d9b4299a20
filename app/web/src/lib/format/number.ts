/**
 * Figures come from the API as exact decimal texts and are shown as such: nothing
 * here computes or rounds what counts.
 */

const minus = '−'

/** What stands where there is no figure. */
export const missing = '—'

/** Writes an exact decimal with separators of thousands: `-1234.5` → `−1,234.5`. With `decimals` zeros fill up; digits are never cut. */
export function decimal(text: string | null | undefined, decimals = 0): string {
  if (text === null || text === undefined || text === '') return missing
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return text
  const [, sign, whole = '', fraction = ''] = match
  const digits = fraction.padEnd(decimals, '0')
  return (sign ? minus : '') + whole.replace(/\B(?=(\d{3})+$)/g, ',') + (digits ? `.${digits}` : '')
}

/** A score: always two decimals or more. */
export const score = (text: string | null | undefined): string => decimal(text, 2)

/** A difference with its sign: `1.2` → `+1.20`. */
export function signed(text: string | null | undefined, decimals = 2): string {
  const written = decimal(text, decimals)
  return text && !text.startsWith('-') && /[1-9]/.test(text) ? `+${written}` : written
}

/** A count. */
export const count = (n: number): string => decimal(String(n))

/** For drawing alone: where the length of a bar need not be exact. */
export const drawn = (text: string | null | undefined): number => (text ? Number(text) : 0)
