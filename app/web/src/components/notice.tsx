import { CloseCircleFilled, InfoCircleFilled, WarningFilled } from '@ant-design/icons'
import type { ReactNode } from 'react'

const marks = { error: CloseCircleFilled, info: InfoCircleFilled, warning: WarningFilled }

/** In place of what was asked for: what is the matter, and the way on. `heading` where it stands in place of a whole page. */
export function Notice({ tone, title, children, action, heading }: {
  tone: keyof typeof marks
  title: string
  children?: ReactNode
  action?: ReactNode
  heading?: boolean
}) {
  const Mark = marks[tone]
  return (
    <section className={`notice ${tone}`} role={tone === 'info' ? undefined : 'alert'}>
      <Mark aria-hidden="true" className="notice-mark" />
      {heading ? <h1 className="notice-title">{title}</h1> : <p className="notice-title">{title}</p>}
      {children && <div className="notice-text">{children}</div>}
      {action && <div className="notice-action">{action}</div>}
    </section>
  )
}
