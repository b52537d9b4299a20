import { expect, test } from 'vitest'
import { parseBlock, writeBlock } from './clipboard'

test('rows end with either line break, and the blank row at the end is none', () => {
  expect(parseBlock('1\t2\r\n3\t4\r\n')).toEqual([['1', '2'], ['3', '4']])
  expect(parseBlock('1\t2\n3\t4\n\n')).toEqual([['1', '2'], ['3', '4']])
  expect(parseBlock('1')).toEqual([['1']])
  expect(parseBlock('')).toEqual([['']])
})

test('a quoted cell may have line breaks, tabs and quotes', () => {
  expect(parseBlock('a\t"two\nlines ""so"" and\ta tab"\r\nb\tc')).toEqual([['a', 'two\nlines "so" and\ta tab'], ['b', 'c']])
})

test('a quote that quotes nothing is text', () => {
  expect(parseBlock('5" pipe\t"open')).toEqual([['5" pipe', '"open']])
  expect(parseBlock('"a" b\tc')).toEqual([['"a" b', 'c']])
})

test('short rows are filled up, blank ones between stay', () => {
  expect(parseBlock('1\t2\n\n3')).toEqual([['1', '2'], ['', ''], ['3', '']])
})

test('what is written is read as it was', () => {
  const block = [['a', 'b\nc'], ['"q"', 'd\te']]
  expect(parseBlock(writeBlock(block))).toEqual(block)
})
