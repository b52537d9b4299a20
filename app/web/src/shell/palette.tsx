import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useEffect, useId, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '@/lib/api'
import { latin } from '@/lib/format'
import { setPreferences } from '@/lib/preferences'
import { useSession } from '@/lib/session'
import { type Both, setLanguage, useLanguage, useTexts, words } from '@/lib/text'
import { useScheme } from '@/lib/theme'
import { useContextLink } from './navigation'
import { type PageEntry, type PageGroup, opens } from './page-list'
import { shellTexts } from './texts'

interface Hit {
  key: string
  group: 'pages' | 'actions' | 'people' | 'units'
  label: string
  detail?: string
  /** Where it leads, or what it does. */
  to: string | (() => void)
}

/** People and units that the server finds: by name, pinyin, initials, number or code. */
function useFound(text: string): Hit[] {
  const language = useLanguage()
  const { can } = useSession()
  const asked = text.trim()
  const people = useQuery({
    queryKey: ['palette', 'people', asked],
    enabled: asked !== '' && can('staff.read'),
    placeholderData: (old) => old,
    queryFn: async () => (await api.GET('/staff', { params: { query: { search: asked, limit: 8 } } })).data?.items ?? [],
  })
  const units = useQuery({
    queryKey: ['palette', 'units', asked],
    enabled: asked !== '' && can('unit.read'),
    placeholderData: (old) => old,
    queryFn: async () => (await api.GET('/units', { params: { query: { search: asked, limit: 5 } } })).data?.items ?? [],
  })
  if (asked === '') return []
  return [
    ...(people.data ?? []).map((s): Hit => ({ key: `s${s.staff_no}`, group: 'people', label: latin(s), detail: language === 'en' && s.pinyin ? `${s.name} · ${s.staff_no}` : s.staff_no, to: `/staff?person=${encodeURIComponent(s.staff_no)}` })),
    ...(units.data ?? []).map((u): Hit => ({ key: `u${u.code}`, group: 'units', label: u.name, detail: u.code, to: `/units?chosen=${encodeURIComponent(u.code)}` })),
  ]
}

/** What is done at once, wherever one is. */
function useCommands(): { name: Both; run: () => void }[] {
  const scheme = useScheme()
  const language = useLanguage()
  return useMemo(() => [
    language === 'zh'
      ? { name: { zh: '切换到英文 (English)', en: 'Switch to English' }, run: () => setLanguage('en') }
      : { name: { zh: '切换到中文', en: 'Switch to Chinese (中文)' }, run: () => setLanguage('zh') },
    scheme === 'light'
      ? { name: { zh: '使用深色主题', en: 'Use the dark theme' }, run: () => setPreferences({ theme: 'dark' }) }
      : { name: { zh: '使用浅色主题', en: 'Use the light theme' }, run: () => setPreferences({ theme: 'light' }) },
  ], [language, scheme])
}

/** Goes anywhere, and does much, by typing: Ctrl+K, and / outside of fields. */
export function Palette({ onClose, groups, actions }: { onClose: (gone: boolean) => void; groups: readonly PageGroup[]; actions: readonly PageEntry[] }) {
  const say = useTexts(shellTexts)
  const navigate = useNavigate()
  const session = useSession()
  const link = useContextLink()
  const list = useId()
  const [text, type] = useState('')
  const [at, move] = useState(0)
  const found = useFound(text)
  const commands = useCommands()
  const hits = useMemo(() => {
    const asked = text.trim().toLowerCase()
    const matches = ({ name }: { name: Both }) => `${name.zh} ${name.en}`.toLowerCase().includes(asked)
    const offered = (group: Hit['group'], pages: readonly PageEntry[]) =>
      pages.filter((page) => opens(page, session) && matches(page)).map((page): Hit => ({ key: `${group} ${page.path}`, group, label: words(page.name), to: link(page.path) }))
    const doing = commands.filter(matches).map(({ name, run }): Hit => ({ key: name.en, group: 'actions', label: words(name), to: run }))
    return [...found, ...offered('pages', groups.flatMap((group) => group.pages)), ...offered('actions', actions), ...doing].slice(0, 40)
  }, [text, found, groups, actions, commands, session, link])
  const go = (hit: Hit | undefined) => {
    if (!hit) return
    onClose(typeof hit.to === 'string')
    if (typeof hit.to === 'string') void navigate(hit.to)
    else hit.to()
  }
  useEffect(() => {
    document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [list, at])
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') move(Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') move(Math.max(at - 1, 0))
    else if (event.key === 'Enter') go(hits[at])
    else return
    event.preventDefault()
  }
  return (
    <Modal open onCancel={() => onClose(false)} footer={null} closable={false} title={say('search')} className="palette">
      <Input autoFocus size="large" value={text} onChange={(event) => { type(event.target.value); move(0) }} onKeyDown={keys} placeholder={say('paletteHint')}
        role="combobox" aria-label={say('search')} aria-expanded="true" aria-controls={list} aria-activedescendant={hits[at] && `${list}-${at}`} />
      <ul role="listbox" id={list} aria-label={say('search')} className="palette-list">
        {hits.map((hit, i) => (
          <li key={hit.key} id={`${list}-${i}`} role="option" aria-selected={i === at} onMouseMove={() => move(i)} onClick={() => go(hit)}>
            <span>{hit.label}</span>
            <span className="muted">{[hit.detail, say(hit.group)].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
      <p className="muted" role="status">{hits.length === 0 ? say('nothing') : ''}</p>
    </Modal>
  )
}
