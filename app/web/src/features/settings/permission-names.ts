import { useQuery } from '@tanstack/react-query'
import { api } from '@/lib/api'
import { content } from '@/lib/text'

/** What permissions allow, in the user's words; the code of one that is not known (yet). */
export function usePermissionNames(): (code: string) => string {
  const { data } = useQuery({ queryKey: ['permissions'], staleTime: Infinity, queryFn: async () => (await api.GET('/permissions')).data?.items ?? [] })
  const names = new Map(data?.map((item) => [item.permission, item.name]))
  return (code) => content(names.get(code)) || code
}
