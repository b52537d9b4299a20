import { useQuery } from '@tanstack/react-query'
import { type Schema, api } from '@/lib/api'
import { content } from '@/lib/text'

export type PermissionWords = Schema<'PermissionWords'>

/** Every permission in words, in the order in which people read them. */
export const usePermissions = () =>
  useQuery({ queryKey: ['permissions'], staleTime: Infinity, queryFn: async () => (await api.GET('/permissions')).data?.items ?? [] })

/** The roles; only for those who may read the policy. */
export const useRoles = (enabled = true) => useQuery({ queryKey: ['roles'], enabled, queryFn: async () => (await api.GET('/roles')).data?.items ?? [] })

/** The words of a permission; its code where they are not known yet. */
export function permissionName(all: readonly PermissionWords[] | undefined, code: string): string {
  return content(all?.find((p) => p.permission === code)?.name) || code
}
