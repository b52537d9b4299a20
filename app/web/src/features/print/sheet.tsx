import { Button } from 'antd'
import { type CSSProperties, type ReactNode, useEffect } from 'react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { Failure, Loaded, Loading } from '@/components/states'
import { isProblem } from '@/lib/api'
import { instant, latin } from '@/lib/format'
import { SessionProvider, useSession, useWhoAmI } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { properties } from '@/lib/theme/tokens'
import { texts } from './texts'
import './print.css'

/** What stands around a sheet on the screen; on paper there is nothing but the sheet. Always light. */
export function PrintFrame({ children }: { children: ReactNode }) {
  const { data: me, error, refetch } = useWhoAmI()
  const { pathname, search } = useLocation()
  if (isProblem(error) && error.status === 401) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />
  if (!me) return <main id="content">{error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading />}</main>
  return (
    <SessionProvider me={me}>
      <div className="print-root" style={{ ...properties.light, colorScheme: 'light' } as CSSProperties}>
        <Tools />
        <main id="content">{children}</main>
      </div>
    </SessionProvider>
  )
}

function Tools() {
  const say = useTexts(texts)
  const navigate = useNavigate()
  return (
    <div className="print-tools">
      <Button onClick={() => void navigate(-1)}>{say('back')}</Button>
      <Button type="primary" onClick={() => window.print()}>{say('print')}</Button>
    </div>
  )
}

/** A sheet once its content is read; until then, and where it cannot be read, its title stands alone. */
export function LoadedSheet<T>({ query, title, children }: { query: Parameters<typeof Loaded<T>>[0]['query']; title: string; children: (data: T) => ReactNode }) {
  return (
    <>
      {query.data === undefined && <h1>{title}</h1>}
      <Loaded query={query} rows={10}>{children}</Loaded>
    </>
  )
}

interface SheetProps {
  title: string
  run: number
  rules?: string
  published: boolean
  landscape?: boolean
  children: ReactNode
}

const quoted = (text: string) => `"${text.replace(/[\\"\n]/g, ' ')}"`

/**
 * One document on A4. The number of the page, the run and the version of the rules
 * stand at the foot of every page.
 */
export function Sheet({ title, run, rules, published, landscape, children }: SheetProps) {
  const say = useTexts(texts)
  const { me } = useSession()
  const state = say(published ? 'published' : 'notPublished')
  const facts = { run, state, who: me.name === undefined ? me.username : `${latin({ name: me.name, pinyin: me.pinyin })} ${me.username}`, when: instant(new Date().toISOString()) }
  const foot = rules ? say('foot', { ...facts, rules }) : say('footNoRules', facts)
  const pages = `${quoted(say('page'))} counter(page) ${quoted(say('pageOf'))} counter(pages) ${quoted(say('pageEnd'))}`
  useEffect(() => {
    document.title = `${title} · Steelyard`
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`@page { size: A4 ${landscape ? 'landscape' : 'portrait'}; margin: 14mm 13mm 16mm;
      @bottom-left { content: ${quoted(foot)}; font-size: 8pt; } @bottom-right { content: ${pages}; font-size: 8pt; } }`)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }, [title, foot, pages, landscape])
  return (
    <article className={landscape ? 'print-sheet print-landscape' : 'print-sheet'} tabIndex={0}>
      <h1>{title}</h1>
      {children}
      <SignOff />
      <p className="print-foot">{foot}</p>
    </article>
  )
}

/** Who prepared, checked and approved it, and when. */
function SignOff() {
  const say = useTexts(texts)
  return (
    <dl className="print-signoff">
      {(['made', 'checked', 'approved', 'date'] as const).map((role) => <div key={role}><dt>{say(role)}</dt><dd /></div>)}
    </dl>
  )
}
