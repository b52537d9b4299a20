import { useQuery } from '@tanstack/react-query'
import { type ReactNode, createContext, use, useMemo } from 'react'
import { type Schema, api } from '../api'

export type Me = Schema<'Me'>

/** The signed-in user with what the server says they may do; the browser knows no policy of its own. */
export interface Session {
  readonly me: Me
  /** Whether the user holds a permission somewhere; any of several will do. */
  readonly can: (...permissions: string[]) => boolean
}

const Context = createContext<Session | undefined>(undefined)

export const whoAmI = { queryKey: ['me'], queryFn: async () => (await api.GET('/me')).data as Me, staleTime: 60_000 }

/** Reads who is signed in. */
export const useWhoAmI = () => useQuery(whoAmI)

export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  const session = useMemo(() => {
    const held = new Set(me.permissions)
    return { me, can: (...permissions: string[]) => permissions.some((p) => held.has(p)) }
  }, [me])
  return <Context value={session}>{children}</Context>
}

/** The session that every page behind the sign-in has. */
export function useSession(): Session {
  const session = use(Context)
  if (!session) throw new Error('there is no session above this component')
  return session
}
