import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

type Change = Record<string, string | readonly string[] | undefined>

/**
 * What the address says, and how to change it: every filter, sort, tab and open
 * drawer lives there, so that a link shows what its sender saw. An empty value
 * leaves the address; `push` makes a step that the back button undoes.
 */
export function useAddress(): [URLSearchParams, (change: Change, options?: { push?: boolean }) => void] {
  const [params, setParams] = useSearchParams()
  const change = useCallback(
    (changes: Change, options?: { push?: boolean }) => {
      setParams(
        (old) => {
          const next = new URLSearchParams(old)
          for (const [name, value] of Object.entries(changes)) {
            next.delete(name)
            for (const one of typeof value === 'string' ? [value] : (value ?? [])) if (one) next.append(name, one)
          }
          return next
        },
        { replace: !options?.push, preventScrollReset: true },
      )
    },
    [setParams],
  )
  return [params, change]
}

/** One value of the address, and how to change it. */
export function useInAddress(name: string): [string | undefined, (value: string | undefined, options?: { push?: boolean }) => void] {
  const [params, change] = useAddress()
  const set = useCallback((value: string | undefined, options?: { push?: boolean }) => change({ [name]: value }, options), [change, name])
  return [params.get(name) ?? undefined, set]
}
