import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'

/** One page as the API gives it. */
export interface ApiPage<Row> {
  items: readonly Row[]
  next?: string
  total?: number
}

/**
 * Reads a list of the API page by page, following its cursors. `read` gets the
 * cursor of the page that it is to read; undefined for the first.
 */
export function usePaged<Row, More extends object = object>(queryKey: QueryKey, read: (cursor: string | undefined) => Promise<ApiPage<Row> & More>, enabled = true) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next || undefined,
    enabled,
  })
  return {
    rows: query.data?.pages.flatMap((page) => page.items),
    /** The first page, with what it says of all. */
    first: query.data?.pages[0],
    total: query.data?.pages[0]?.total,
    error: query.error,
    refetch: query.refetch,
    hasMore: query.hasNextPage,
    loadMore: query.fetchNextPage,
    loadingMore: query.isFetchingNextPage,
  }
}
