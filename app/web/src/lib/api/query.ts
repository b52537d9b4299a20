import { QueryCache, QueryClient } from '@tanstack/react-query'
import { isProblem } from './problem'

/** What the pages have read. A problem is an answer and is not asked again; a lost connection is. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // Rights that were taken away meanwhile: the navigation learns of it, too.
    onError: (error) => {
      if (isProblem(error) && error.status === 403) void queries.invalidateQueries({ queryKey: ['me'], exact: true })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => !isProblem(error) && failures < 2,
    },
    mutations: { retry: false },
  },
})
