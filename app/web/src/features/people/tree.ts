import type { Schema } from '@/lib/api'

export type Unit = Schema<'Unit'>

/** A unit with those below it. */
export interface Branch {
  unit: Unit
  below: Branch[]
  /** How many stand below, at any depth. */
  count: number
}

/** Puts units under each other; one whose parent is not among them stands at the top. */
export function treeOf(units: readonly Unit[]): Branch[] {
  const branches = new Map(units.map((unit): [string, Branch] => [unit.code, { unit, below: [], count: 0 }]))
  const tops: Branch[] = []
  for (const branch of branches.values()) {
    const above = branch.unit.parent === undefined ? undefined : branches.get(branch.unit.parent)
    if (above) above.below.push(branch)
    else tops.push(branch)
  }
  for (const top of tops) tally(top)
  return tops
}

function tally(branch: Branch): number {
  branch.below.sort((a, b) => (a.unit.code < b.unit.code ? -1 : 1))
  branch.count = branch.below.reduce((sum, below) => sum + 1 + tally(below), 0)
  return branch.count
}

/** The part of a tree that leads to units with a text in their name or code. */
export function matching(branches: readonly Branch[], text: string): Branch[] {
  const asked = text.trim().toLowerCase()
  if (asked === '') return [...branches]
  return branches.flatMap((branch) => {
    const below = matching(branch.below, asked)
    const hit = `${branch.unit.name} ${branch.unit.code}`.toLowerCase().includes(asked)
    return hit || below.length > 0 ? [{ ...branch, below: hit && below.length === 0 ? branch.below : below }] : []
  })
}
