import './saved-views.css'
import { DownOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, type MenuProps } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ManageViews, SaveView } from './saved-views.dialogs'
import { savedViewTexts } from './saved-views.texts'
import { type View, addressOf, changeTo, sameAddress, startView } from './saved-views.model'
import { api } from '@/lib/api'
import { latin } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'

/**
 * The saved views of a page: pick one, save the address as another, and look after
 * one's own. `page` is the page's name with the server, such as `results`. What is
 * saved are the filters, the sort and the unit of the address; the month stays
 * what it is, and `except` names what else is no part of a view, such as an open
 * drawer.
 */
export function SavedViews({ page, except = ['person', 'chosen', 'job'] }: { page: string; except?: readonly string[] }) {
  const say = useTexts(savedViewTexts)
  const { me } = useSession()
  const [params, change] = useAddress()
  const [dialog, show] = useState<'save' | 'manage'>()
  const { data: views } = useQuery({
    queryKey: ['views', page],
    queryFn: async () => (await api.GET('/me/views', { params: { query: { page } } })).data?.items ?? [],
  })
  const address = addressOf(params, except)
  const current = views?.find((view) => sameAddress(view.query, address))
  const open = (view: View) => change(changeTo(params, view.query), { push: true })
  useStartView(me.username, page, views, address === '' ? (view) => change(changeTo(params, view.query)) : undefined)
  const items = useMemo<MenuProps['items']>(() => {
    const item = (view: View) => ({ key: String(view.id), label: view.mine ? view.name : say('by', { name: view.name, who: latin({ name: view.made_by ?? '', pinyin: view.made_by_pinyin }) }) })
    const mine = (views ?? []).filter((view) => view.mine).map(item)
    const others = (views ?? []).filter((view) => !view.mine).map(item)
    return [
      ...(mine.length ? [{ key: 'mine', type: 'group' as const, label: say('mine'), children: mine }] : []),
      ...(others.length ? [{ key: 'others', type: 'group' as const, label: say('others'), children: others }] : []),
      ...(mine.length + others.length ? [{ key: 'line', type: 'divider' as const }] : []),
      { key: 'save', label: say('saveAs') },
      { key: 'manage', label: say('manage'), disabled: mine.length === 0 },
    ]
  }, [views, say])
  const choose: MenuProps['onClick'] = ({ key }) => {
    if (key === 'save' || key === 'manage') return show(key)
    const view = views?.find((v) => String(v.id) === key)
    if (view) open(view)
  }
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: choose, selectedKeys: current ? [String(current.id)] : [] }}>
        <Button aria-haspopup="menu">{current ? say('current', { name: current.name }) : say('views')}<DownOutlined aria-hidden /></Button>
      </Dropdown>
      <SaveView open={dialog === 'save'} page={page} query={address} onClose={() => show(undefined)} />
      <ManageViews open={dialog === 'manage'} page={page} views={(views ?? []).filter((view) => view.mine)} onClose={() => show(undefined)} />
    </>
  )
}

/** Opens the view with which this user begins on this page; once, and only where the address asks for nothing else. */
function useStartView(user: string, page: string, views: readonly View[] | undefined, go: ((view: View) => void) | undefined): void {
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current || !views) return
    begun.current = true
    const chosen = startView(user, page)
    const view = views.find((v) => v.id === chosen)
    if (view) go?.(view)
  }, [views, user, page, go])
}
