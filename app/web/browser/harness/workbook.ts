import { inflateRawSync } from 'node:zlib'

/** The parts of a zip file by name. */
function parts(zip: Buffer): Map<string, string> {
  const found = new Map<string, string>()
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, name, extra, comment] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const body = zip.subarray(from, from + size)
    found.set(zip.toString('utf8', at + 46, at + 46 + name), (method === 0 ? body : inflateRawSync(body)).toString('utf8'))
    at += 46 + name + extra + comment
  }
  return found
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (xml: string): string =>
  xml.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (_, dec?: string, hex?: string, name?: string) => (name ? (entities[name] ?? '') : String.fromCodePoint(dec ? Number(dec) : parseInt(hex ?? '0', 16))))

/** What is written in an element, its runs put together. */
const words = (xml: string): string => [...xml.matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)].map((m) => plain(m[1] ?? '')).join('')

const columnOf = (reference: string): number => [...reference.replace(/\d+/g, '')].reduce((n, letter) => 26 * n + letter.charCodeAt(0) - 64, 0) - 1

/** Where an exported list is: behind its cover and its notes. */
export const listSheet = 3

/** The rows of a workbook's sheet, the first unless another is named, as their cells hold them, texts and figures alike; an empty cell is ''. */
export function workbookRows(file: Buffer, sheet = 1): string[][] {
  const zip = parts(file)
  const shared = [...(zip.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>([\s\S]*?)<\/si>/g)].map((m) => words(m[1] ?? ''))
  const text = zip.get(`xl/worksheets/sheet${sheet}.xml`) ?? ''
  return [...text.matchAll(/<row[^>]*?(?:\/>|>([\s\S]*?)<\/row>)/g)].map(([, row = '']) => {
    const cells: string[] = []
    for (const [, attributes = '', body = ''] of row.matchAll(/<c((?:\s[^>]*?)?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
      const value = plain(/<v>([\s\S]*?)<\/v>/.exec(body)?.[1] ?? '')
      const type = /\st="(\w+)"/.exec(attributes)?.[1]
      cells[columnOf(/\sr="([A-Z]+)/.exec(attributes)?.[1] ?? '')] = type === 's' ? (shared[Number(value)] ?? '') : type === 'inlineStr' ? words(body) : value
    }
    return Array.from(cells, (cell) => cell ?? '')
  })
}
