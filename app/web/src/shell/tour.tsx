import { Button } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts, words } from '@/lib/text'
import { stepsOf, tourTexts } from './tour.texts'
import './tour.css'

/** How far the ring stands from what it is around. */
const gap = 4

interface Ring {
  left: number
  top: number
  width: number
  height: number
}

const nowhere: readonly string[] = []

const seen = (places: readonly string[]): HTMLElement | undefined =>
  places.flatMap((place) => [...document.querySelectorAll<HTMLElement>(place)]).find((element) => element.checkVisibility() && element.getBoundingClientRect().width > 0)

/** Where the first of some places is that can be seen; it follows what the page does. */
function useRing(places: readonly string[]): Ring | undefined {
  const [ring, put] = useState<Ring>()
  useEffect(() => {
    let asked = 0
    const measure = () => {
      const box = seen(places)?.getBoundingClientRect()
      put((old) => {
        if (!box) return undefined
        const [left, top] = [Math.max(gap, box.left - gap), Math.max(gap, box.top - gap)]
        const now = { left, top, width: Math.min(box.right + gap, window.innerWidth - gap) - left, height: Math.min(box.bottom + gap, window.innerHeight - gap) - top }
        return old && JSON.stringify(old) === JSON.stringify(now) ? old : now
      })
    }
    const soon = () => {
      cancelAnimationFrame(asked)
      asked = requestAnimationFrame(measure)
    }
    const observer = new MutationObserver(soon)
    observer.observe(document.body, { childList: true, subtree: true })
    window.addEventListener('resize', soon)
    window.addEventListener('scroll', soon, { capture: true, passive: true })
    soon()
    return () => {
      cancelAnimationFrame(asked)
      observer.disconnect()
      window.removeEventListener('resize', soon)
      window.removeEventListener('scroll', soon, { capture: true })
    }
  }, [places])
  return ring
}

/** A few steps through what there is for this user. It takes the page from nobody: everything beside it can be used. */
export function Tour({ onEnd }: { onEnd: () => void }) {
  const say = useTexts(tourTexts)
  useLanguage()
  const session = useSession()
  const steps = stepsOf(session)
  const [at, go] = useState(0)
  const step = steps[at] ?? steps[0]
  const ring = useRing(step?.at ?? nowhere)
  const id = useId()
  const next = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const before = document.activeElement
    next.current?.focus()
    return () => {
      const back = before instanceof HTMLElement && before !== document.body && before.isConnected ? before : document.getElementById('content')
      back?.focus({ preventScroll: true })
    }
  }, [])
  useEffect(() => {
    seen(step?.at ?? nowhere)?.scrollIntoView({ block: 'nearest' }) // which promises something, in some browsers
  }, [step])
  if (!step) return null
  const last = at === steps.length - 1
  return (
    <>
      {ring && <div className="tour-ring" style={ring} aria-hidden="true" />}
      <section role="dialog" className="tour" aria-label={say('tour')} aria-describedby={id} onKeyDown={(event) => event.key === 'Escape' && onEnd()}>
        <div id={id} aria-live="polite">
          <p className="muted figure">{say('step', { n: at + 1, total: steps.length })}</p>
          <h2>{words(step.title)}</h2>
          <p>{words(step.text)}</p>
        </div>
        <div className="tour-actions">
          <Button type="text" onClick={onEnd}>{say('skip')}</Button>
          <span className="tour-space" />
          {at > 0 && <Button onClick={() => go(at - 1)}>{say('back')}</Button>}
          <Button ref={next} type="primary" onClick={() => (last ? onEnd() : go(at + 1))}>{say(last ? 'done' : 'next')}</Button>
        </div>
      </section>
    </>
  )
}
