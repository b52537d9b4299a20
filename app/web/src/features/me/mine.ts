import { useExplanation, useResults } from '@/components/explanation'
import { useContextBar, usePeriods } from '@/lib/context'
import { useSession } from '@/lib/session'

/** How many months back one's own results are read. */
const reach = 24

/**
 * One's own result of the month that the address names; where that has none, the
 * latest published one, so that nobody has to look for it.
 */
export function useMine() {
  const { me } = useSession()
  const { period: asked } = useContextBar()
  const periods = usePeriods()
  const results = useResults(me.staff_no, reach)
  const listed = results.data
  const oldest = listed?.at(-1)?.period
  const there = listed?.some((one) => one.period === asked) || (listed?.length === reach && asked !== undefined && oldest !== undefined && asked < oldest)
  const latest = listed?.find((one) => !asked || one.period < asked)?.period ?? listed?.[0]?.period
  const query = useExplanation(listed && (there ? asked : latest), me.staff_no)
  const explanation = query.data
  const at = listed?.findIndex((one) => one.period === explanation?.period) ?? -1
  return {
    staffNo: me.staff_no,
    asked,
    period: periods.data?.find((one) => one.code === asked),
    explanation,
    member: at < 0 ? undefined : listed?.[at],
    error: explanation ? undefined : (query.error ?? results.error ?? periods.error ?? undefined),
    loading: results.isPending || (!explanation && latest !== undefined && query.isPending),
    retry: () => void Promise.all([query.refetch(), results.refetch(), periods.refetch()]),
  }
}
