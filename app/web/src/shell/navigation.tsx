import { NavLink, useSearchParams } from 'react-router'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts, words } from '@/lib/text'
import { type PageGroup, opens } from './page-list'
import { shellTexts } from './texts'

/** The address of a page with the month and the unit that are looked at now. */
export function useContextLink(): (path: string) => string {
  const [params] = useSearchParams()
  const kept = new URLSearchParams()
  for (const name of ['period', 'unit']) {
    const value = params.get(name)
    if (value) kept.set(name, value)
  }
  const query = kept.toString()
  return (path) => (query ? `${path}?${query}` : path)
}

/** The pages that this user may open. */
export function Navigation({ groups, onGo }: { groups: readonly PageGroup[]; onGo?: () => void }) {
  const say = useTexts(shellTexts)
  const session = useSession()
  useLanguage()
  const link = useContextLink()
  return (
    <nav aria-label={say('navigation')} className="navigation">
      {groups.map((group) => {
        const pages = group.pages.filter((page) => opens(page, session))
        if (pages.length === 0) return null
        return (
          <section key={group.name.en} aria-label={words(group.name)}>
            {pages.length > 1 && <p className="navigation-group">{words(group.name)}</p>}
            <ul>
              {pages.map((page) => (
                <li key={page.path}>
                  <NavLink to={link(page.path)} end={pages.some((other) => other.path.startsWith(`${page.path}/`))} onClick={onGo}>{words(page.name)}</NavLink>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}
