import { useQueries, useQuery } from '@tanstack/react-query'
import { Histogram } from '@/components/charts'
import { Section } from '@/components/page'
import { api } from '@/lib/api'
import { count } from '@/lib/format'
import { useTexts } from '@/lib/text'
import { texts } from './texts'

const ends = ['-total', 'total'] as const
const most = 200

/** The grades that were given, the best first: scorecards name their own. They are read from both ends of the list. */
export function useGrades(period: string | undefined, run: number | undefined, enabled: boolean): readonly string[] {
  const { data } = useQuery({
    queryKey: ['results', period, 'grades', run],
    enabled: enabled && period !== undefined,
    queryFn: async () => {
      const pages = await Promise.all(ends.map((sort) => api.GET('/periods/{period}/results', { params: { path: { period: period ?? '' }, query: { run, sort, limit: most } } })))
      const [best, worst] = pages.map((page) => (page.data?.items ?? []).flatMap((row) => row.grade ?? []))
      return [...new Set([...(best ?? []), ...(worst ?? []).reverse()])]
    },
  })
  return data ?? []
}

interface Query {
  run?: number
  unit?: string
  search?: string
  status?: 'complete' | 'incomplete' | 'not_assessed' | 'partial'
}

/** How many have which grade, of those that the other filters leave. The server counts. */
export function GradeDistribution({ period, grades, query: { run, unit, search, status } }: { period: string; grades: readonly string[]; query: Query }) {
  const say = useTexts(texts)
  const counts = useQueries({
    queries: grades.map((grade) => {
      const query = { run, unit, search, status, grade, limit: 1 }
      return { queryKey: ['results', period, 'count', query], queryFn: async () => (await api.GET('/periods/{period}/results', { params: { path: { period }, query } })).data?.total ?? 0 }
    }),
  })
  if (counts.some((one) => one.data === undefined)) return null
  const bins = grades.map((grade, i) => ({ key: grade, label: grade, text: count(counts[i]?.data ?? 0), length: counts[i]?.data ?? 0 }))
  if (bins.every((bin) => bin.length === 0)) return null
  return (
    <Section title={say('distribution')}>
      <Histogram name="grades" title={say('byGrade')} head={say('grade')} summary={bins.map((bin) => say('gradeCount', { grade: bin.label, n: bin.length })).join(' ')} bins={bins} />
    </Section>
  )
}
