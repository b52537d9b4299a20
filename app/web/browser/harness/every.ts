/** Reads a list of the API to its end, a page at a time. */
export async function every<T>(read: (query: { limit: number; cursor?: string }) => Promise<{ data?: { items: T[]; next?: string } }>): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  do {
    const { data } = await read({ limit: 200, cursor })
    all.push(...(data?.items ?? []))
    cursor = data?.next
  } while (cursor)
  return all
}
