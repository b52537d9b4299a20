import { useQuery } from '@tanstack/react-query'
import { api } from '@/lib/api'

export const about = { queryKey: ['about'], queryFn: async () => (await api.GET('/about')).data, staleTime: Infinity }

/** What runs here; a demo names its accounts. */
export const useAbout = () => useQuery(about)
