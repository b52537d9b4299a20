/**
 * Patterns beside colours: what is told apart by colour is told apart on grey
 * paper too. Each chart has its own, because ids are of the whole page.
 */
const strokes = ['', 'M0 8L8 0M-2 2L2 -2M6 10L10 6', 'M0 2H8M0 6H8', 'M0 0L8 8M-2 6L2 10M6 -2L10 2', 'M2 0V8M6 0V8', 'M0 4H8M4 0V8']

interface Props {
  id: string
  colours: readonly string[]
  ground: string
  lost: string
}

/** Defines a fill for each colour, and one for what was not reached. */
export function Patterns({ id, colours, ground, lost }: Props) {
  return (
    <defs>
      {colours.map((colour, i) => (
        <pattern key={i} id={`${id}-${i}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" fill={colour} />
          {strokes[i % strokes.length] && <path d={strokes[i % strokes.length]} stroke={ground} strokeWidth="1.2" strokeOpacity="0.75" fill="none" />}
        </pattern>
      ))}
      <pattern id={`${id}-lost`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" fill={ground} />
        <path d="M0 6L6 0M-1.5 1.5L1.5 -1.5M4.5 7.5L7.5 4.5" stroke={lost} strokeWidth="1.4" fill="none" />
      </pattern>
    </defs>
  )
}

/** The fill of a place in the order of colours. */
export const fillOf = (id: string, i: number, count: number): string => `url(#${id}-${((i % count) + count) % count})`

/** The fill of what was not reached. */
export const lostFill = (id: string): string => `url(#${id}-lost)`
