import { QueryClient } from '@tanstack/react-query'
import { isProblem } from './problem'

/** What the pages have read. A problem is an answer and is not asked again; a lost connection is. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => !isProblem(error) && failures < 2,
    },
    mutations: { retry: false },
  },
})
