import { memo, useMemo, useState } from 'react'
import { Button } from 'antd'
import { Own, PersonName } from '@/components/content'
import { type GridStore, useRestingStatus } from '@/components/grid'
import { missing, period as periodName, score } from '@/lib/format'
import { content, useLanguage, useTexts } from '@/lib/text'
import { columnParts, commentColumn, levelColumn, phrasesOf } from './columns'
import { type Evidence, type ItemColumn, type ReviewItem, type ReviewRow, columnsOf, rates, seatOf } from './data'
import { reviewTexts } from './texts'

interface Props {
  store: GridStore<ReviewRow>
  rows: readonly ReviewRow[]
  items: readonly ReviewItem[]
  evidence: ReadonlyMap<string, Evidence> | undefined
  before: string | undefined
}

/** Beside the grid: what the levels of the item in hand mean, and what there is to go by for the person. */
export function Panel({ store, rows, items, evidence, before }: Props) {
  const say = useTexts(reviewTexts)
  const active = useRestingStatus(store, (status) => status.active)
  const [last, keep] = useState<string>()
  const row = useMemo(() => rows.find((one) => seatOf(one) === active?.row), [rows, active?.row])
  const key = active && columnParts(active.column)?.key
  if (key !== undefined && key !== last) keep(key)
  const columns = columnsOf(items)
  const item = columns.find((one) => one.key === (key ?? last)) ?? columns[0]
  const read = useRestingStatus(store, (status) => status.read)
  const level = row && item ? read(seatOf(row), levelColumn(item.key)) : ''
  return (
    <aside className="reviews-panel" aria-label={say('panel')} tabIndex={0}>
      {row && (
        <p>
          <strong><PersonName person={row} /></strong>
          <span className="muted">{` ${row.staff_no} · `}<Own text={row.position} /></span>
        </p>
      )}
      {item && <Rubric item={item.item} level={level} />}
      {item && row && rates(row, item.item) && store.cells.editable({ row: seatOf(row), column: commentColumn(item.key) }) && <Phrases store={store} seat={seatOf(row)} column={item} level={level} />}
      {before && row && <LastMonth row={row} evidence={evidence} period={before} item={item?.item.item} />}
    </aside>
  )
}

/** What earns each level, in both languages. */
const Rubric = memo(function Rubric({ item, level }: { item: ReviewItem; level: string }) {
  const say = useTexts(reviewTexts)
  const language = useLanguage()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <section aria-label={say('rubric', { item: content(item.name) })}>
      <h3>{content(item.name)}</h3>
      <ul className="rubric">
        {item.levels.map((one) => (
          <li key={one.level} className={one.level === level ? 'rubric-level rubric-given' : 'rubric-level'} aria-current={one.level === level || undefined}>
            <span className="rubric-key">{one.level}</span>
            <div>
              <strong>{content(one.name)}</strong>
              <span className="muted">{` ${score(one.points)}${one.comment_required ? ` · ${say('needsComment')}` : ''}`}</span>
              <p>{content(one.description) || say('noRubric')}</p>
              {one.description?.[other] && <p className="rubric-other" lang={other === 'zh' ? 'zh-CN' : 'en'}>{one.description[other]}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
})

/** What the rubric says of the level that was given, and the beginnings that fit every item. */
function phrasesShown(item: ReviewItem, level: string): string[] {
  const described = content(item.levels.find((one) => one.level === level)?.description)
  return [...(described ? [described] : []), ...phrasesOf(item, level).slice(-3)]
}

const Phrases = memo(function Phrases({ store, seat, column, level }: { store: GridStore<ReviewRow>; seat: string; column: ItemColumn; level: string }) {
  const say = useTexts(reviewTexts)
  const insert = (phrase: string) => {
    const ref = { row: seat, column: commentColumn(column.key) }
    const before = store.cells.text(ref.row, ref.column).trimEnd()
    store.enter([{ ...ref, text: before ? `${before}${/[。；：.;:]$/.test(before) ? '' : '；'}${phrase}` : phrase }])
  }
  return (
    <section aria-label={say('phrase')}>
      <h3>{say('phrase')}</h3>
      <ul className="phrases">
        {phrasesShown(column.item, level).map((phrase) => (
          <li key={phrase}><Button size="small" onClick={() => insert(phrase)}>{phrase}</Button></li>
        ))}
      </ul>
    </section>
  )
})

const LastMonth = memo(function LastMonth({ row, evidence, period, item }: { row: ReviewRow; evidence: Props['evidence']; period: string; item: string | undefined }) {
  const say = useTexts(reviewTexts)
  const language = useLanguage()
  const found = evidence?.get(row.staff_no)
  const name = periodName(period, language)
  return (
    <section aria-label={say('evidence', { period: name })}>
      <h3>{say('evidence', { period: name })}</h3>
      {found ? (
        <>
          <p>{say('total', { total: score(found.result.total), grade: found.result.grade ?? missing })}</p>
          <table className="evidence">
            <thead><tr><th scope="col">{say('item')}</th><th scope="col" className="numeric">{say('score')}</th></tr></thead>
            <tbody>
              {found.items.map((one) => (
                <tr key={one.item} className={one.item === item ? 'evidence-item' : undefined}>
                  <th scope="row">{content(one.name)}</th>
                  <td className="numeric" title={one.missing}>{score(one.score)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : (
        <p className="muted">{say('noEvidence')}</p>
      )}
    </section>
  )
})
