import { createContext, use } from 'react'

/** Whether the grid has the focus: the active cell's input then takes it along. */
export interface Hold {
  focused: boolean
  take: () => void
  /** The input lost the focus; whether to another of the grid's own inputs shows a moment later. */
  release: () => void
}

export const HoldContext = createContext<Hold>({ focused: false, take: () => undefined, release: () => undefined })

export const useHold = (): Hold => use(HoldContext)
