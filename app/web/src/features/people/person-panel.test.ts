import { describe, expect, it } from 'vitest'
import { inForce } from './person-panel'

const at = (unit: string, from: string, to?: string) => ({ unit, position: 'rm', from, to, state: 'active' as const })

describe('the assignment in force on a day', () => {
  const list = [at('A', '2026-01-01'), at('B', '2026-03-01', '2026-03-31'), at('C', '2026-06-01')]

  it('is the one that began last of those that cover it', () => {
    expect(inForce(list, '2026-03-31')?.unit).toBe('B')
    expect(inForce(list, '2026-06-02')?.unit).toBe('C')
  })

  it('is the earlier one again when a later one has ended', () => {
    expect(inForce(list, '2026-04-01')?.unit).toBe('A')
  })

  it('is none before the first', () => {
    expect(inForce(list, '2025-12-31')).toBeUndefined()
  })
})
