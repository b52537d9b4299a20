import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
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

/** How long keys rest before what only speaks of the grid is drawn. */
const rest = 150

/**
 * The same once the keys rest: for what stands beside the grid and costs more to draw than
 * a key may take, such as counts over all of it.
 */
export function useRestingStatus<Row, Part>(store: GridStore<Row>, part: (status: GridStatus) => Part): Part {
  const [shown, show] = useState(() => part(store.status()))
  const latest = useRef(part)
  useEffect(() => {
    latest.current = part
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const draw = () => show(() => latest.current(store.status()))
    const stop = store.followStatus(() => {
      clearTimeout(timer)
      timer = setTimeout(draw, rest)
    })
    draw()
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [store])
  return shown
}
