import { BellOutlined, MenuOutlined, QuestionCircleOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Badge, Button, Dropdown } from 'antd'
import { useNavigate } from 'react-router'
import { api } from '@/lib/api'
import { isOver } from '@/lib/jobs'
import { useSession } from '@/lib/session'
import { currentLanguage, setLanguage, useTexts } from '@/lib/text'
import { ContextBar } from './context-bar'
import type { PageEntry } from './page-list'
import { shellTexts } from './texts'

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
  const { me } = useSession()
  const running = useRunning()
  const name = me.name ?? me.username
  const leave = async () => {
    await api.POST('/sign-out').catch(() => undefined)
    window.location.assign('/sign-in')
  }
  return (
    <header className="shell-header">
      <Button type="text" icon={<MenuOutlined />} aria-expanded={navigationOpen} aria-controls="navigation"
        aria-label={say(navigationOpen ? 'close' : 'open')} onClick={onNavigation} className="shell-menu" />
      <span className="shell-brand">Steelyard</span>
      {page?.context && <ContextBar withUnit={page.context === 'period and unit'} />}
      <div className="shell-tools">
        <Button type="text" icon={<SearchOutlined />} aria-label={say('search')} aria-keyshortcuts="Control+K" onClick={onSearch} />
        <Badge count={running} size="small">
          <Button type="text" icon={<BellOutlined />} aria-label={running ? say('jobsRunning', { n: running }) : say('jobs')} onClick={() => void navigate('/jobs')} />
        </Badge>
        <Button type="text" icon={<QuestionCircleOutlined />} aria-label={say('help')} onClick={() => void navigate('/help')} />
        <Button type="text" lang={currentLanguage() === 'zh' ? 'en' : 'zh-CN'} aria-label={say('languageLabel')}
          onClick={() => setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh')}>{say('language')}</Button>
        <Dropdown trigger={['click']} menu={{
          items: [
            { key: 'who', label: `${name} · ${me.username}`, disabled: true },
            { key: 'settings', label: say('settings'), onClick: () => void navigate('/me/settings') },
            { key: 'leave', label: say('signOut'), onClick: () => void leave() },
          ],
        }}>
          <Button type="text" icon={<UserOutlined />} aria-label={say('account', { name })}><span className="shell-name">{name}</span></Button>
        </Dropdown>
      </div>
    </header>
  )
}
