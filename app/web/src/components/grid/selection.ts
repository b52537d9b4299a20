import type { Place } from './model'

/** Where the writing is and how far the selection reaches from there. */
export interface Selection {
  anchor: Place
  head: Place
}

export interface Size {
  rows: number
  columns: number
}

export const at = (place: Place): Selection => ({ anchor: place, head: place })

export const same = (a: Place, b: Place): boolean => a.r === b.r && a.c === b.c

/** The nearest place that the grid has. */
export const within = ({ r, c }: Place, { rows, columns }: Size): Place => ({
  r: Math.max(0, Math.min(r, rows - 1)),
  c: Math.max(0, Math.min(c, columns - 1)),
})

/** The selection as a rectangle. */
export const rangeOf = ({ anchor, head }: Selection): { from: Place; to: Place } => ({
  from: { r: Math.min(anchor.r, head.r), c: Math.min(anchor.c, head.c) },
  to: { r: Math.max(anchor.r, head.r), c: Math.max(anchor.c, head.c) },
})

export function inRange(selection: Selection, { r, c }: Place): boolean {
  const { from, to } = rangeOf(selection)
  return r >= from.r && r <= to.r && c >= from.c && c <= to.c
}

export function* placesOf(selection: Selection): Generator<Place> {
  const { from, to } = rangeOf(selection)
  for (let r = from.r; r <= to.r; r++) for (let c = from.c; c <= to.c; c++) yield { r, c }
}

/** Moves, or stretches the selection, to a place. */
export const goTo = (selection: Selection, place: Place, extend: boolean): Selection =>
  extend ? { anchor: selection.anchor, head: place } : at(place)

/** The place at the end of the filled, or the empty, cells in a direction: what Ctrl and an arrow go to. */
export function edgeFrom(from: Place, dr: number, dc: number, size: Size, filled: (place: Place) => boolean): Place {
  const step = (p: Place): Place => ({ r: p.r + dr, c: p.c + dc })
  const inside = (p: Place): boolean => same(p, within(p, size))
  let now = from
  let next = step(now)
  if (!inside(next)) return from
  if (filled(now) && filled(next)) {
    while (inside(next) && filled(next)) [now, next] = [next, step(next)]
    return now
  }
  now = next
  while (!filled(now)) {
    next = step(now)
    if (!inside(next)) return now
    now = next
  }
  return now
}
