import type { Session } from '@/lib/session'
import type { Both } from '@/lib/text'

/** A page as the navigation and the palette name it. */
export interface PageEntry {
  path: string
  name: Both
  /** The permissions of which one opens it; left out: everybody may. Further conditions in `when`. */
  needs?: readonly string[]
  when?: (session: Session) => boolean
  /** Whether it shows the month and the unit of the context bar. */
  context?: 'period' | 'period and unit'
}

/** Pages that belong together under a heading. */
export interface PageGroup {
  name: Both
  pages: readonly PageEntry[]
}

/** Whether a user may open a page. The server decides again for everything in it. */
export const opens = (page: PageEntry, session: Session): boolean =>
  (!page.needs || session.can(...page.needs)) && (page.when?.(session) ?? true)

/** The entry that an address belongs to: its own, else that of the nearest page above it. */
export function entryOf(groups: readonly PageGroup[], pathname: string): PageEntry | undefined {
  const above = groups.flatMap((group) => group.pages).filter((page) => pathname === page.path || pathname.startsWith(`${page.path}/`))
  return above.sort((a, b) => b.path.length - a.path.length)[0]
}
