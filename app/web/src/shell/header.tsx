import { BellOutlined, MenuOutlined, QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, lazy } from 'react'
import { Link, useNavigate } from 'react-router'
import { api } from '@/lib/api'
import { isOver } from '@/lib/jobs'
import { useTexts } from '@/lib/text'
import { AccountMenu } from './account-menu'
import { LanguageSwitch } from './entrance'
import type { PageEntry } from './page-list'
import { shellTexts } from './texts'

const ContextBar = lazy(async () => ({ default: (await import('./context-bar')).ContextBar }))

/** How many of one's jobs are under way. */
function useRunning(): number {
  const { data } = useQuery({
    queryKey: ['jobs', 'running'],
    queryFn: async () => (await api.GET('/jobs', { params: { query: { limit: 20 } } })).data?.items ?? [],
    refetchInterval: (query) => (query.state.data?.some((job) => !isOver(job)) ? 3_000 : 60_000),
  })
  return data?.filter((job) => !isOver(job)).length ?? 0
}

interface Props {
  page: PageEntry | undefined
  navigationOpen: boolean
  onNavigation: () => void
  onSearch: () => void
}

/** What stands above every page. */
export function Header({ page, navigationOpen, onNavigation, onSearch }: Props) {
  const say = useTexts(shellTexts)
  const navigate = useNavigate()
  const running = useRunning()
  return (
    <header className="shell-header">
      <Button type="text" icon={<MenuOutlined aria-hidden />} aria-expanded={navigationOpen} aria-controls="navigation"
        aria-label={say(navigationOpen ? 'close' : 'open')} onClick={onNavigation} className="shell-menu" />
      <Link to="/home" className="shell-brand">Steelyard</Link>
      {page?.context && (
        <Suspense fallback={<div className="context-bar awaited" />}>
          <ContextBar withUnit={page.context === 'period and unit'} />
        </Suspense>
      )}
      <div className="shell-tools">
        <Button type="text" icon={<SearchOutlined aria-hidden />} aria-label={say('search')} aria-keyshortcuts="Control+K" title={say('searchHint')} onClick={onSearch} />
        <Button type="text" className="shell-jobs" icon={<BellOutlined aria-hidden />} aria-label={running ? say('jobsRunning', { n: running }) : say('jobs')} onClick={() => void navigate('/jobs')}>
          {running > 0 && <span className="shell-count" aria-hidden="true">{running}</span>}
        </Button>
        <Button type="text" className="shell-help" icon={<QuestionCircleOutlined aria-hidden />} aria-label={say('help')} onClick={() => void navigate('/help')} />
        <LanguageSwitch />
        <AccountMenu />
      </div>
    </header>
  )
}
