import { Suspense, lazy, useCallback, useEffect, useRef, useState } from 'react'
import { onSessionEnd, queries } from '@/lib/api'
import { useSession } from '@/lib/session'

const load = () => import('./relogin-dialog')
const Dialog = lazy(async () => ({ default: (await load()).ReloginDialog }))

/** To where one was writing. */
function back(to: Element | null): undefined {
  if (to instanceof HTMLElement) to.focus({ preventScroll: true })
}

/**
 * When the session ends the page stays: a dialog over it signs the same user in
 * again, and whatever was asked meanwhile is then sent once more.
 */
export function Relogin() {
  const { me } = useSession()
  const [open, show] = useState(false)
  const waiting = useRef<(() => void)[]>([])
  const left = useRef<Element | null>(null)
  useEffect(() => {
    onSessionEnd(() => {
      if (waiting.current.length === 0) left.current = document.activeElement
      show(true)
      return new Promise((resolve) => waiting.current.push(resolve))
    })
    return () => onSessionEnd(undefined)
  }, [])
  useEffect(() => {
    if (!open) return back(left.current) // after the dialog, and what holds the focus in it, is gone
    const follow = ({ target }: FocusEvent) => {
      if (target instanceof Element && !target.closest('[role=dialog]')) left.current = target
    }
    document.addEventListener('focusin', follow)
    return () => document.removeEventListener('focusin', follow)
  }, [open])
  useEffect(() => {
    // It is fetched while all is well: when it is needed the server may be another already.
    const timer = setTimeout(() => void load().catch(() => undefined), 5_000)
    return () => clearTimeout(timer)
  }, [])
  const done = useCallback(() => {
    show(false)
    for (const go of waiting.current.splice(0)) go()
    void queries.invalidateQueries()
  }, [])
  return open ? <Suspense><Dialog username={me.username} onDone={done} /></Suspense> : null
}
