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

/** What the grid says of itself, followed by the component. */
export function useGridStatus<Row>(store: GridStore<Row>): GridStatus {
  return useSyncExternalStore(store.followStatus, store.status)
}
