import { Suspense, lazy, useCallback, useEffect, useRef, useState } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router'
import { Failure, Loading } from '@/components/states'
import { useAccountPreferences } from '@/lib/account-preferences'
import { isProblem } from '@/lib/api'
import { SessionProvider, useWhoAmI } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { useAbout } from './about'
import { Boundary } from './boundary'
import { Connection } from './connection'
import { Header } from './header'
import { Navigation } from './navigation'
import { type PageEntry, type PageGroup, entryOf } from './page-list'
import { Relogin } from './relogin'
import { shellTexts } from './texts'
import { useTour } from './use-tour'

const Tour = lazy(async () => ({ default: (await import('./tour')).Tour }))
const Palette = lazy(async () => ({ default: (await import('./palette')).Palette }))

/** The pages that there are, and what can be done beside. */
interface Pages {
  groups: readonly PageGroup[]
  actions: readonly PageEntry[]
}

/** Around every page behind the sign-in. */
export function Shell({ groups, actions }: Pages) {
  const { data: me, error, refetch } = useWhoAmI()
  const { pathname, search } = useLocation()
  if (isProblem(error) && error.status === 401) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />
  if (me) return <SessionProvider me={me}><Frame groups={groups} actions={actions} /></SessionProvider>
  return <main id="content" className="shell-content">{error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading />}</main>
}

function usePaletteKeys(open: () => void): void {
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const field = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable], [role=grid]')
      const asked = ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') || (event.key === '/' && !field)
      if (!asked || event.isComposing) return
      event.preventDefault()
      open()
    }
    document.addEventListener('keydown', keys)
    return () => document.removeEventListener('keydown', keys)
  }, [open])
}

const wide = () => window.innerWidth >= 992

/** The navigation: beside the page where there is room, over it on a phone; there Escape and a touch beside it close it. */
function useNavigationPanel() {
  const [open, show] = useState(wide)
  const [top, setTop] = useState(0) // under the header, which is as high as what stands in it
  const toggle = () => {
    setTop(document.querySelector('.shell-header')?.getBoundingClientRect().bottom ?? 0)
    show(!open)
    if (!open && !wide()) requestAnimationFrame(() => document.querySelector<HTMLElement>('#navigation a')?.focus())
  }
  const close = useCallback(() => {
    if (wide()) return
    show(false)
    document.querySelector<HTMLElement>('.shell-menu')?.focus()
  }, [])
  useEffect(() => {
    if (!open || wide()) return undefined
    const keys = (event: KeyboardEvent) => event.key === 'Escape' && close()
    document.addEventListener('keydown', keys)
    return () => document.removeEventListener('keydown', keys)
  }, [open, close])
  const gone = () => wide() || show(false)
  return { open, top, toggle, close, gone }
}

/** A line at the top while a page is on its way. */
function Progress() {
  const say = useTexts(shellTexts)
  const { state } = useNavigation()
  return state === 'idle' ? null : <div className="shell-progress" role="progressbar" aria-label={say('pageLoading')} />
}

function Frame({ groups, actions }: Pages) {
  const say = useTexts(shellTexts)
  const { pathname } = useLocation()
  const { data: about } = useAbout()
  const navigation = useNavigationPanel()
  const [palette, showPalette] = useState(false)
  const left = useRef<Element | null>(null)
  const openPalette = useCallback(() => {
    left.current = document.activeElement
    showPalette(true)
  }, [])
  const closePalette = (gone: boolean) => {
    showPalette(false)
    if (!gone) setTimeout(() => left.current instanceof HTMLElement && left.current.focus()) // where one was
  }
  usePaletteKeys(openPalette)
  useAccountPreferences()
  const tour = useTour()
  return (
    <div className="shell">
      <a className="skip" href="#content">{say('skip')}</a>
      <Progress />
      <Connection />
      {about?.demo && <p className="demo-banner" role="note">{say('demo')}</p>}
      <Header page={entryOf(groups, pathname)} navigationOpen={navigation.open} onNavigation={navigation.toggle} onSearch={openPalette} />
      <div className="shell-body">
        <div id="navigation" className="shell-navigation" hidden={!navigation.open} style={{ top: navigation.top }}>
          <Navigation groups={groups} onGo={navigation.gone} />
        </div>
        {navigation.open && <div className="shell-shade" onClick={navigation.close} />}
        <main id="content" className="shell-content" tabIndex={-1}>
          <Boundary at={pathname}>
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </Boundary>
        </main>
      </div>
      {palette && <Suspense><Palette onClose={closePalette} groups={groups} actions={actions} /></Suspense>}
      {tour.open && <Suspense><Tour onEnd={tour.end} /></Suspense>}
      <Relogin />
      <ScrollRestoration />
    </div>
  )
}
