import { say } from '@/lib/text'
import type { ChoiceColumn, DecimalColumn, GridColumn } from './model'
import { gridTexts } from './texts'

/** What was made of a typed or pasted text. With a problem the text is as it was given. */
export interface Reading {
  text: string
  problem?: string
}

/** Full-width digits, letters and signs as an input method writes them, in their usual form. */
export const halfWidth = (text: string): string =>
  text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')

const dashes = /^[-\u2010-\u2015\u2212\uFF0D—–]+$/

/** Reads what was typed or pasted into a column's cell of a row. */
export function readCell<Row>(column: GridColumn<Row>, row: Row, given: string): Reading {
  const reading = read(column, row, given)
  if (reading.problem === undefined && reading.text !== '') {
    const problem = column.check?.(reading.text, row)
    if (problem !== undefined) return { text: reading.text, problem }
  }
  return reading
}

function read<Row>(column: GridColumn<Row>, row: Row, given: string): Reading {
  if (column.kind === 'text') return readText(given, column.most)
  const text = halfWidth(given).trim()
  if (text === '' || dashes.test(text)) return { text: '' }
  return column.kind === 'choice' ? readChoice(column, row, text) : readDecimal(column, text)
}

function readText(given: string, most: number | undefined): Reading {
  const text = given.replace(/\r\n?/g, '\n').replace(/\n+$/, '')
  const length = [...text].length
  if (most !== undefined && length > most) return { text, problem: say(gridTexts, 'tooLong', { most, length }) }
  return { text }
}

function readChoice<Row>(column: ChoiceColumn<Row>, row: Row, text: string): Reading {
  const choices = column.choices(row)
  const asked = text.toLowerCase()
  const whole = /^(-?\d+)\.0+$/.exec(text)?.[1] // a spreadsheet's 4.0 is 4
  const found =
    choices.find((c) => c.value.toLowerCase() === asked) ??
    choices.find((c) => c.value === whole) ??
    choices.find((c) => c.label?.toLowerCase() === asked) ??
    choices.find((c) => c.label && `${c.value} ${c.label}`.toLowerCase() === asked)
  if (found) return { text: found.value }
  return { text, problem: say(gridTexts, 'noChoice', { text, choices: choices.map((c) => c.value).join(say(gridTexts, 'comma')) }) }
}

function readDecimal<Row>(column: DecimalColumn<Row>, text: string): Reading {
  const wrong = (key: 'noFigure' | 'noPercent' | 'tooManyDecimals' | 'tooSmall' | 'tooLarge', values = {}): Reading => ({ text, problem: say(gridTexts, key, { text, ...values }) })
  let rest = text.replace(/[\u2212\u2013]/g, '-').replace(/\s/g, '')
  const bracketed = /^\((.+)\)$/.exec(rest)?.[1] // how accountants write less than nothing
  if (bracketed !== undefined) rest = `-${bracketed}`
  if (rest.endsWith('%')) {
    if (!column.percent) return wrong('noPercent')
    rest = rest.slice(0, -1)
  }
  const match = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/.exec(rest)
  if (!match || (match[2] === undefined && !match[3])) return wrong('noFigure')
  const whole = (match[2] ?? '0').replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const fraction = match[3] ?? ''
  const { places } = column
  if (places !== undefined && fraction.replace(/0+$/, '').length > places) return wrong('tooManyDecimals', { places })
  const digits = places !== undefined && fraction.length > places ? fraction.slice(0, places) : fraction
  const zero = /^0+$/.test(whole + digits)
  const value = (match[1] === '-' && !zero ? '-' : '') + whole + (digits ? `.${digits}` : '')
  if (column.min !== undefined && compareDecimals(value, column.min) < 0) return wrong('tooSmall', { least: column.min })
  if (column.max !== undefined && compareDecimals(value, column.max) > 0) return wrong('tooLarge', { most: column.max })
  return { text: value }
}

/** Which of two exact decimals is the larger: below 0, 0, above 0. */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(...[a, b].map((x) => (x.split('.')[1] ?? '').length))
  const [x, y] = [a, b].map((text) => {
    const [whole = '', fraction = ''] = text.split('.')
    return BigInt(whole.replace(/^\+/, '') + fraction.padEnd(places, '0'))
  }) as [bigint, bigint]
  return x < y ? -1 : x > y ? 1 : 0
}
