import { describe, expect, it } from 'vitest'
import { addressOf, changeTo, sameAddress } from './saved-views.model'

describe('a saved view', () => {
  it('keeps filters, sort and unit, neither the month nor an open drawer', () => {
    const params = new URLSearchParams('sort=-total&period=2026-11&grade=A&person=001456&unit=SZ001')
    expect(addressOf(params, ['person'])).toBe('grade=A&sort=-total&unit=SZ001')
  })

  it('is the one in force whatever the order of the address', () => {
    expect(sameAddress('sort=-total&grade=A', 'grade=A&sort=-total')).toBe(true)
    expect(sameAddress('grade=A', 'grade=B')).toBe(false)
  })

  it('takes away what the address has besides, and leaves the month', () => {
    const params = new URLSearchParams('period=2026-11&search=zw&person=001456')
    expect(changeTo(params, 'grade=A&grade=B&period=2020-01')).toEqual({ search: undefined, person: undefined, grade: ['A', 'B'] })
  })
})
