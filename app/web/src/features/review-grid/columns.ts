import type { Choice, GridColumn, GridSpec } from '@/components/grid'
import { latin, missing, score } from '@/lib/format'
import { type Language, content, say } from '@/lib/text'
import { type Evidence, type ReviewItem, type ReviewRow, columnsOf, rates, seatOf, writtenIn } from './data'
import { reviewTexts } from './texts'

export const levelColumn = (key: string): string => `level:${key}`
export const commentColumn = (key: string): string => `comment:${key}`

/** Which item a grid's column is of. */
export function columnParts(column: string): { of: 'level' | 'comment'; key: string } | undefined {
  const match = /^(level|comment):(.+)$/.exec(column)
  return match ? { of: match[1] as 'level' | 'comment', key: match[2] ?? '' } : undefined
}

export const commentMost = 2000

export const choicesOf = (item: ReviewItem): Choice[] =>
  item.levels.map((level) => ({ value: level.level, label: content(level.name) || undefined, detail: content(level.description) || undefined }))

export const needsComment = (item: ReviewItem, level: string): boolean => item.levels.some((one) => one.level === level && one.comment_required)

/** Phrases for a comment: what the rubric says of the level that was given, then of the others, then beginnings. */
export function phrasesOf(item: ReviewItem, level: string): string[] {
  const [given, others] = [item.levels.filter((one) => one.level === level), item.levels.filter((one) => one.level !== level)]
  const described = [...given, ...others].map((one) => content(one.description)).filter(Boolean)
  return [...new Set([...described, ...(['phraseExample', 'phraseImprove', 'phraseTalked'] as const).map((key) => say(reviewTexts, key))])]
}

interface Sources {
  items: readonly ReviewItem[]
  rows: readonly ReviewRow[]
  /** Whether anything may be written at all. */
  open: boolean
  /** Whether rows are of several units. */
  units: boolean
  evidence: ReadonlyMap<string, Evidence> | undefined
  /** Titles are in it. */
  language: Language
}

/** The review grid: people, their levels side by side, their comments, what there is to look at. */
export function reviewSpec({ items, rows, open, units, evidence, language }: Sources): GridSpec<ReviewRow> {
  const t = (key: keyof typeof reviewTexts.words, values = {}) => say(reviewTexts, key, values)
  const columns = columnsOf(items)
  const wide = language === 'en' // its words are longer
  const writable = (item: ReviewItem) => (row: ReviewRow) => open && rates(row, item) && writtenIn(row, item.item)?.state !== 'submitted'
  const levels = columns.map(({ key, item }): GridColumn<ReviewRow> => ({
    kind: 'choice',
    key: levelColumn(key),
    title: content(item.name),
    hint: item.levels.map((level) => level.level).join(' '),
    width: wide ? 156 : 112,
    choices: () => choicesOf(item),
    show: (value) => [value, content(item.levels.find((level) => level.level === value)?.name)].filter(Boolean).join(' '),
    editable: writable(item),
    partner: commentColumn(key),
    wants: (row, read) => (rates(row, item) && needsComment(item, read(levelColumn(key))) && read(commentColumn(key)).trim() === '' ? t('commentWanted') : undefined),
  }))
  const comments = columns.map(({ key, item }): GridColumn<ReviewRow> => ({
    kind: 'text',
    key: commentColumn(key),
    title: t('comment', { item: content(item.name) }),
    width: 210,
    most: commentMost,
    editable: writable(item),
    partner: levelColumn(key),
    phrases: (_row, read) => phrasesOf(item, read(levelColumn(key))),
    wants: (row, read) => (rates(row, item) && needsComment(item, read(levelColumn(key))) && read(commentColumn(key)).trim() === '' ? t('commentWanted') : undefined),
  }))
  const last: GridColumn<ReviewRow>[] = evidence?.size
    ? [
        { kind: 'decimal', key: 'lastTotal', title: t('lastTotal'), width: 84, quiet: true, value: (row) => evidence.get(row.staff_no)?.result.total ?? '', show: (value) => (value ? score(value) : missing) },
        { kind: 'text', key: 'lastGrade', title: t('lastGrade'), width: 76, quiet: true, value: (row) => evidence.get(row.staff_no)?.result.grade ?? missing },
      ]
    : []
  return {
    rows,
    rowKey: seatOf,
    rowLabel: latin,
    rowIds: (row) => [row.staff_no, row.name, latin(row)],
    columns: [
      { kind: 'text', key: 'name', title: t('name'), width: wide ? 128 : 92, frozen: true, value: latin },
      { kind: 'text', key: 'staffNo', title: t('staffNo'), width: 84, frozen: true, quiet: true, value: (row) => row.staff_no },
      { kind: 'text', key: 'state', title: t('state'), width: wide ? 108 : 84, quiet: true },
      ...(units ? [{ kind: 'text' as const, key: 'unit', title: t('unit'), width: 110, quiet: true, value: (row: ReviewRow) => row.unit_name ?? row.unit }] : []),
      ...levels,
      ...comments,
      ...last,
    ],
  }
}
