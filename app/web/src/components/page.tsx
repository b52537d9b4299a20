import { type ReactNode, useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { period as periodName } from '@/lib/format'
import { useLanguage } from '@/lib/text'

/** Whether a page was opened before this one. */
let opened = false

/** A page: one heading, what it is about beside it, its actions, its content. */
export function Page({ title, lead, actions, children }: { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const [params] = useSearchParams()
  const language = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  const period = params.get('period')
  useEffect(() => {
    document.title = [title, period && periodName(period, language), 'Steelyard'].filter(Boolean).join(' · ')
  }, [title, period, language])
  useEffect(() => {
    // Whoever listens instead of looking hears where they are; the first page is announced by the
    // browser. What the page itself, or a dialog over it, has focused keeps the focus.
    const taken = document.activeElement?.closest('.page, [role=dialog]')
    if (opened && !taken) heading.current?.focus({ preventScroll: true })
    opened = true
  }, [])
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          {lead && <div className="page-lead">{lead}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** A part of a page with a heading of its own. */
export function Section({ title, extra, children, id }: { title: string; extra?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="section" aria-label={title} id={id}>
      <div className="section-head">
        <h2>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  )
}
