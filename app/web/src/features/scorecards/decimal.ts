/** Moves the point of an exact decimal: `shift('0.85', 2)` is `85`. What is no decimal stays as it is. */
export function shift(text: string, places: number): string {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text.trim())
  if (!match || !/\d/.test(text)) return text
  const [, sign = '', whole = '', fraction = ''] = match
  let digits = whole + fraction
  let point = whole.length + places
  if (point <= 0) {
    digits = '0'.repeat(1 - point) + digits
    point = 1
  }
  digits = digits.padEnd(point, '0')
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const right = digits.slice(point).replace(/0+$/, '')
  return (/[1-9]/.test(digits) ? sign : '') + left + (right ? `.${right}` : '')
}

/** Full-width digits and points, as a Chinese keyboard gives them, are the usual ones. */
export const narrow = (text: string): string =>
  text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/[．。]/g, '.').replace(/[－]/g, '-')
