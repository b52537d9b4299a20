import { Alert, Tabs } from 'antd'
import { useMemo } from 'react'
import { Page } from '@/components/page'
import { Empty, Failure, Loading } from '@/components/states'
import { useContextBar, usePeriods } from '@/lib/context'
import { period as periodName } from '@/lib/format'
import { useLanguage, useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { type Board, useBoard } from './data'
import { Desk } from './desk'
import { reviewTexts } from './texts'
import './reviews.css'

const order = ['manager', 'peer', 'self']

/** The roles in which one rates, as the tabs name them. */
function useRoles(board: Board | undefined): string[] {
  return useMemo(() => {
    const roles = [...new Set(board?.rows.map((row) => row.role))]
    return roles.sort((a, b) => (order.indexOf(a) + 9) % 9 - ((order.indexOf(b) + 9) % 9))
  }, [board])
}

/** What one is to rate in a month, and how it is written. */
export function ReviewsPage() {
  const say = useTexts(reviewTexts)
  const language = useLanguage()
  const { period } = useContextBar()
  const { data: periods } = usePeriods()
  const board = useBoard(period)
  const roles = useRoles(board.data)
  const [asked, ask] = useInAddress('role')
  const role = roles.find((one) => one === asked) ?? roles[0]
  const roleName = (one: string) => (order.includes(one) ? say(one as 'manager' | 'peer' | 'self') : one)
  const name = period ? periodName(period, language) : ''
  const before = periods && periods[periods.findIndex((one) => one.code === period) + 1]?.code
  const content = () => {
    if (periods?.length === 0) return <Empty title={say('noPeriod')} />
    if (!board.data || !period) return board.error ? <Failure error={board.error} onRetry={() => void board.refetch()} /> : <Loading rows={12} />
    if (role === undefined) return board.data.state === 'draft' ? <Empty title={say('notYet', { period: name })}>{say('notYetHow')}</Empty> : <Empty title={say('none', { period: name })}>{say('noneHow')}</Empty>
    return (
      <>
        {board.error ? <Failure error={board.error} onRetry={() => void board.refetch()} /> : null}
        {board.data.state !== 'collecting' && (
          <Alert type="info" showIcon title={board.data.state === 'draft' ? say('notYet', { period: name }) : say('readOnlyPeriod', { period: name })} />
        )}
        {roles.length > 1 && (
          <Tabs aria-label={say('roles')} activeKey={role} onChange={(one) => ask(one)} items={roles.map((one) => ({ key: one, label: `${roleName(one)} ${board.data.rows.filter((row) => row.role === one).length}` }))} />
        )}
        <Desk key={`${period} ${role}`} board={board.data} role={role} roleName={roleName(role)} before={before} />
      </>
    )
  }
  return <Page title={say('title')} lead={say('lead')}>{content()}</Page>
}
