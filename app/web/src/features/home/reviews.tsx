import { useQuery } from '@tanstack/react-query'
import { Progress } from 'antd'
import { LinkButton } from '@/components/link-button'
import { Section } from '@/components/page'
import { Loaded } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { count, period as periodName } from '@/lib/format'
import { useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

type Row = Schema<'ReviewRow'>

/** Everybody whom one is to rate in a month. */
async function read(period: string): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor: string | undefined; ; ) {
    const { data } = await api.GET('/periods/{period}/review-grid', { params: { path: { period }, query: { limit: 200, cursor } } })
    rows.push(...(data?.rows ?? []))
    cursor = data?.next
    if (!cursor) return rows
  }
}

/** How far one is with the reviews of a month. */
export const useReviews = (period: string | undefined) =>
  useQuery({ queryKey: ['reviews', 'mine', period], enabled: period !== undefined, queryFn: () => read(period ?? '') })

const written = (row: Row): boolean => row.items.every((item) => row.cells.some((cell) => cell.item === item && cell.level !== ''))
const handedIn = (row: Row): boolean => row.items.every((item) => row.cells.some((cell) => cell.item === item && cell.state === 'submitted'))
const handedBack = (row: Row): boolean => row.cells.some((cell) => cell.state === 'returned')

export const reviewsLeft = (rows: readonly Row[] | undefined): boolean => rows?.some((row) => !handedIn(row)) ?? false

/** The reviews that are to be written, with a button that goes on where one stopped. */
export function Reviews({ period }: { period: string }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const query = useReviews(period)
  if (query.data?.length === 0) return null
  return (
    <Section title={say('reviews', { period: periodName(period, language) })}>
      <Loaded query={query} rows={2}>
        {(rows) => {
          const done = rows.filter(written).length
          const total = rows.length
          const returned = rows.filter(handedBack).length
          const state = rows.every(handedIn) ? 'reviewsSubmitted' : done === total ? 'reviewsAll' : 'reviewsDone'
          return (
            <>
              <p className="home-figure">{say(state, { done: count(done), total: state === 'reviewsDone' ? count(total) : total })}</p>
              <Progress percent={Math.floor((100 * done) / total)} showInfo={false} aria-label={say('progress')} />
              {returned > 0 && <p className="home-warning">{say('returned', { n: returned })}</p>}
              <p>
                <LinkButton type={state === 'reviewsSubmitted' ? 'default' : 'primary'} to={`/team/reviews?period=${period}`}>
                  {say(state === 'reviewsSubmitted' ? 'look' : done === 0 ? 'begin' : 'continue')}
                </LinkButton>
              </p>
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}
