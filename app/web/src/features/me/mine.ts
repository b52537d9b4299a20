import { useExplanation, useResults } from '@/components/explanation'
import { isProblem } from '@/lib/api'
import { useContextBar, usePeriods } from '@/lib/context'
import { useSession } from '@/lib/session'

/** Whether a problem says that there is no result to see, as against one that could not be read. */
const isNone = (error: unknown) => isProblem(error) && error.status === 404

/**
 * One's own result of the month that the address names; where that has none, the
 * latest published one, so that nobody has to look for it.
 */
export function useMine() {
  const { me } = useSession()
  const { period: asked } = useContextBar()
  const periods = usePeriods()
  const results = useResults(me.staff_no, 24)
  const exact = useExplanation(asked, me.staff_no)
  const none = isNone(exact.error)
  const latest = results.data?.find((one) => !asked || one.period < asked)?.period ?? results.data?.[0]?.period
  const instead = useExplanation(none ? latest : undefined, me.staff_no)
  const explanation = none ? instead.data : exact.data
  const at = results.data?.findIndex((one) => one.period === explanation?.period) ?? -1
  const before = at < 0 ? undefined : (results.data?.[at + 1]?.result.total ?? null)
  const error = (!none && exact.error) || instead.error || results.error || periods.error
  return {
    staffNo: me.staff_no,
    asked,
    period: periods.data?.find((one) => one.code === asked),
    explanation,
    before,
    error: error && !explanation ? error : undefined,
    loading: !explanation && (none ? results.isPending || (latest !== undefined && instead.isPending) : exact.isPending),
    retry: () => void Promise.all([exact.refetch(), results.refetch(), periods.refetch()]),
  }
}
