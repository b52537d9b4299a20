import { createContext, use } from 'react'
import type { Schema } from '@/lib/api'
import type { Path } from './history'
import type { Card } from './model'

export type Finding = Schema<'ScorecardFinding'>

/** What the parts of the designer share. */
export interface Designer {
  card: Card
  readOnly: boolean
  findings: readonly Finding[]
  /** Puts a value at a place. Typing on in one place is one step to undo. */
  set: (path: Path, to: unknown) => void
  /** Makes a change that is a step of its own. */
  change: (card: Card) => void
  /** How bad what was found at a place or inside it is. */
  worst: (place: string) => 'error' | 'warning' | undefined
}

export const DesignerContext = createContext<Designer | undefined>(undefined)

export function useDesigner(): Designer {
  const designer = use(DesignerContext)
  if (!designer) throw new Error('there is no designer above this component')
  return designer
}

/** How bad what was found at a place or inside it is. */
export function worstAt(findings: readonly Finding[], place: string): 'error' | 'warning' | undefined {
  const here = findings.filter((finding) => finding.path === place || finding.path?.startsWith(`${place}/`))
  return here.some((finding) => finding.severity === 'error') ? 'error' : here.length ? 'warning' : undefined
}
