import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { GridSpec } from './model'
import type { GridEvents, GridStatus } from './state'
import { GridStore } from './store'

/**
 * A grid's state for a page. A new `spec` takes the place of the old one while
 * what stands in cells stays: make it anew only when rows or columns change.
 */
export function useGrid<Row>(spec: GridSpec<Row>, events?: GridEvents): GridStore<Row> {
  const [store] = useState(() => new GridStore(spec))
  useLayoutEffect(() => store.use(spec), [store, spec])
  useEffect(() => {
    if (events) store.listen(events)
  }, [store, events])
  return store
}

/**
 * A part of what the grid says of itself, followed by the component: it is drawn anew
 * when that part changes, and for no other key. A part is a value, or an object of the status.
 */
export function useGridStatus<Row, Part>(store: GridStore<Row>, part: (status: GridStatus) => Part): Part {
  return useSyncExternalStore(store.followStatus, () => part(store.status()))
}
