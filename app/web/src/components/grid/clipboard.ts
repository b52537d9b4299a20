/** Blocks of cells as spreadsheets put them on the clipboard: tabs between cells, line breaks between rows. */

/** Reads a block. A cell in quotes may have tabs, line breaks and doubled quotes; a blank row at the end is none. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [[]]
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  let at = 0
  while (at <= source.length) {
    const [cell, after] = source[at] === '"' ? quoted(source, at) : plain(source, at)
    rows.at(-1)?.push(cell)
    if (source[after] === '\n') rows.push([])
    if (after >= source.length) break
    at = after + 1
  }
  while (rows.length > 1 && rows.at(-1)?.every((cell) => cell === '')) rows.pop()
  const width = Math.max(...rows.map((row) => row.length))
  return rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')])
}

function plain(source: string, from: number): [string, number] {
  let to = from
  while (to < source.length && source[to] !== '\t' && source[to] !== '\n') to++
  return [source.slice(from, to), to]
}

/** A quote that is never closed, or with text after it, is part of the text. */
function quoted(source: string, from: number): [string, number] {
  let cell = ''
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] !== '"') cell += source[at]
    else if (source[at + 1] === '"') {
      cell += '"'
      at++
    } else {
      const next = source[at + 1]
      if (next === undefined || next === '\t' || next === '\n') return [cell, at + 1]
      break
    }
  }
  return plain(source, from)
}

/** Writes a block as a spreadsheet reads it. */
export const writeBlock = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => (/[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\r\n')
