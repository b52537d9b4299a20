import { useState } from 'react'

/**
 * What a dialog asks of the server: `attempt` does it, and goes on with `done` once
 * the server has taken it; else `error` says why, until the next attempt or `forget`.
 */
export function useAttempt() {
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const attempt = async (act: () => Promise<unknown>, done: () => void) => {
    work(true)
    fail(undefined)
    try {
      await act()
      done()
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  return { busy, error, attempt, forget: () => fail(undefined) }
}
