import { Button, Space } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { Link } from 'react-router'
import { Problem, Unreachable } from '@/lib/api'
import { useTexts } from '@/lib/text'
import { Copy } from './copy'
import { Notice } from './notice'
import { stateTexts } from './states.texts'

/** A skeleton, after a moment: what comes at once needs none. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const say = useTexts(stateTexts)
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{say('loading')}</span>
      {shown && <div className="skeleton" aria-hidden="true">{Array.from({ length: rows }, (_, i) => <span key={i} />)}</div>}
    </div>
  )
}

/** Why there is nothing here, and what to do about it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <section className="empty">
      <p className="empty-title">{title}</p>
      {children && <div className="empty-text">{children}</div>}
      {action && <Space wrap>{action}</Space>}
    </section>
  )
}

/** Nothing matches: the filters can be taken away. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  const say = useTexts(stateTexts)
  return <Empty title={say('noMatch')} action={<Button onClick={onClear}>{say('clear')}</Button>} />
}

/** What went wrong, what to do, and the id by which support finds the request. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const say = useTexts(stateTexts)
  const retry = onRetry && <Button type="primary" onClick={onRetry}>{say('retry')}</Button>
  if (error instanceof Unreachable) {
    return <Notice tone="warning" title={say('unreachable')} action={retry}>{say('unreachableHow')}</Notice>
  }
  const problem = error instanceof Problem ? error : undefined
  const titles: Record<number, 'refused' | 'notFound'> = { 403: 'refused', 404: 'notFound' }
  const known = problem && titles[problem.status]
  return (
    <Notice tone={known ? 'info' : 'error'} title={say(known ?? 'failed')} action={known ? <Link to="/home">{say('home')}</Link> : retry}>
      <ProblemText error={error} />
    </Notice>
  )
}

/** A problem in the server's words, with the code and the request id for support. */
export function ProblemText({ error }: { error: unknown }) {
  const say = useTexts(stateTexts)
  if (error instanceof Unreachable) return <>{`${say('unreachable')} ${say('unreachableHow')}`}</>
  if (!(error instanceof Problem)) return <>{say('failed')}</>
  return (
    <>
      <span>{error.message}</span>
      {error.requestId && (
        <span className="request-id">
          {`${error.code} · ${say('request', { id: error.requestId.slice(0, 8) })}`}
          <Copy text={error.requestId} label={say('copy')} />
        </span>
      )}
    </>
  )
}

interface Read<T> {
  data: T | undefined
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

/** Shows what a query has read; keeps the last good data beside the news that it could not be read again. */
export function Loaded<T>({ query, children, rows }: { query: Read<T>; children: (data: T) => ReactNode; rows?: number }) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
        {children(query.data)}
      </>
    )
  }
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  return <Loading rows={rows} />
}
