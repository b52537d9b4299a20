import { describe, expect, it } from 'vitest'
import { type Unit, matching, treeOf } from './tree'

const unit = (code: string, parent?: string): Unit => ({ code, name: `机构${code}`, level: 'branch', version: 1, parent })
const codes = (branches: ReturnType<typeof treeOf>): string => branches.map((b) => b.unit.code + (b.below.length ? `(${codes(b.below)})` : '')).join(' ')

describe('the tree of units', () => {
  const tree = treeOf([unit('B2', 'HQ'), unit('HQ'), unit('B1', 'HQ'), unit('B11', 'B1'), unit('X', 'unseen')])

  it('stands under its parents, by code; what has no parent in sight stands at the top', () => {
    expect(codes(tree)).toBe('HQ(B1(B11) B2) X')
    expect(tree[0]?.count).toBe(3)
  })

  it('leads to what a search finds', () => {
    expect(codes(matching(tree, 'b11'))).toBe('HQ(B1(B11))')
    expect(codes(matching(tree, '机构B2'))).toBe('HQ(B2)')
    expect(codes(matching(tree, 'nothing'))).toBe('')
  })
})
