import { expect, test } from 'vitest'
import type { ChoiceColumn, DecimalColumn, TextColumn } from './model'
import { compareDecimals, readCell } from './read'

const level: ChoiceColumn<object> = { kind: 'choice', key: 'level', title: 'Level', width: 80, choices: () => [{ value: '5', label: '优秀' }, { value: '4' }, { value: 'A+' }] }
const figure: DecimalColumn<object> = { kind: 'decimal', key: 'figure', title: 'Figure', width: 80, places: 2, min: '-10', max: '99999' }
const text: TextColumn<object> = { kind: 'text', key: 'text', title: 'Text', width: 80, most: 5 }

const choice = (given: string) => readCell(level, {}, given)
const decimal = (given: string, more: Partial<DecimalColumn<object>> = {}) => readCell({ ...figure, ...more }, {}, given)

test('a choice is read by its key, in full-width digits, as a spreadsheet writes it, and by its name', () => {
  for (const given of ['5', '５', ' 5 ', '5.0', '5.00', '优秀', '5 优秀']) expect(choice(given)).toEqual({ text: '5' })
  expect(choice('a+')).toEqual({ text: 'A+' })
})

test('a choice that is none stays as it was typed, with the reason', () => {
  const reading = choice('9')
  expect(reading.text).toBe('9')
  expect(reading.problem).toContain('5')
})

test('dashes and blanks are nothing', () => {
  for (const given of ['', ' ', '－', '—', '-', '–', '　']) {
    expect(choice(given)).toEqual({ text: '' })
    expect(decimal(given)).toEqual({ text: '' })
  }
})

test('figures are read as banks write them', () => {
  expect(decimal('1,234.50')).toEqual({ text: '1234.50' })
  expect(decimal('１２３．４')).toEqual({ text: '123.4' })
  expect(decimal('(3.5)')).toEqual({ text: '-3.5' })
  expect(decimal('−3.5')).toEqual({ text: '-3.5' })
  expect(decimal('007')).toEqual({ text: '7' })
  expect(decimal('-0.00')).toEqual({ text: '0.00' })
  expect(decimal('.5')).toEqual({ text: '0.5' })
  expect(decimal('1.500')).toEqual({ text: '1.50' })
  expect(decimal('85%', { percent: true })).toEqual({ text: '85' })
})

test('a figure is never replaced: what is wrong stays', () => {
  for (const given of ['85%', 'abc', '1.234', '-10.01', '100000', '1,23', '12,34,567', '1e5', '1.2.3', '+', '.']) {
    const reading = decimal(given)
    expect(reading.text).toBe(given)
    expect(reading.problem, given).toBeDefined()
  }
})

test('the length of a text is counted in characters, not in halves of them', () => {
  expect(readCell(text, {}, '𠮷𠮷𠮷𠮷𠮷')).toEqual({ text: '𠮷𠮷𠮷𠮷𠮷' })
  expect(readCell(text, {}, '123456').problem).toBeDefined()
  expect(readCell(text, {}, 'a\r\nb\n')).toEqual({ text: 'a\nb' })
})

test('decimals are compared exactly', () => {
  expect(compareDecimals('0.1', '0.10')).toBe(0)
  expect(compareDecimals('99999999999999999999.01', '99999999999999999999.02')).toBe(-1)
  expect(compareDecimals('-1', '-2')).toBe(1)
  expect(compareDecimals('-0.5', '0.4')).toBe(-1)
})
