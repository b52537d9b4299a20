import { Suspense, useEffect, useState } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { Failure, Loading } from '@/components/states'
import { isProblem } from '@/lib/api'
import { SessionProvider, useWhoAmI } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { Boundary } from './boundary'
import { useAbout } from './demo-accounts'
import { Header } from './header'
import { Navigation } from './navigation'
import type { PageGroup } from './page-list'
import { Palette } from './palette'
import { Relogin } from './relogin'
import { shellTexts } from './texts'

/** Around every page behind the sign-in. */
export function Shell({ groups }: { groups: readonly PageGroup[] }) {
  const { data: me, error, refetch } = useWhoAmI()
  const { pathname, search } = useLocation()
  if (isProblem(error) && error.status === 401) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />
  if (me) return <SessionProvider me={me}><Frame groups={groups} /></SessionProvider>
  return <main id="content">{error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading />}</main>
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

function Frame({ groups }: { groups: readonly PageGroup[] }) {
  const say = useTexts(shellTexts)
  const { pathname } = useLocation()
  const { data: about } = useAbout()
  const [navigation, showNavigation] = useState(wide)
  const [palette, showPalette] = useState(false)
  usePaletteKeys(() => showPalette(true))
  const page = groups.flatMap((group) => group.pages).find((entry) => pathname === entry.path || pathname.startsWith(`${entry.path}/`))
  return (
    <div className="shell">
      <a className="skip" href="#content">{say('skip')}</a>
      {about?.demo && <p className="demo-banner">{say('demo')}</p>}
      <Header page={page} navigationOpen={navigation} onNavigation={() => showNavigation(!navigation)} onSearch={() => showPalette(true)} />
      <div className="shell-body">
        <div id="navigation" className="shell-navigation" hidden={!navigation}>
          <Navigation groups={groups} onGo={() => wide() || showNavigation(false)} />
        </div>
        <main id="content" className="shell-content" tabIndex={-1}>
          <Boundary at={pathname}>
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </Boundary>
        </main>
      </div>
      <Palette open={palette} onClose={() => showPalette(false)} groups={groups} />
      <Relogin />
    </div>
  )
}
