import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useId, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts } from '@/lib/text'
import { useContextLink } from './navigation'
import { type PageGroup, opens } from './page-list'
import { shellTexts } from './texts'

interface Hit {
  key: string
  group: 'pages' | 'people' | 'units'
  label: string
  detail?: string
  to: string
}

/** People and units that the server finds: by name, pinyin, initials, number or code. */
function useFound(text: string): Hit[] {
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
    ...(people.data ?? []).map((s): Hit => ({ key: `s${s.staff_no}`, group: 'people', label: s.name, detail: s.staff_no, to: `/staff?person=${encodeURIComponent(s.staff_no)}` })),
    ...(units.data ?? []).map((u): Hit => ({ key: `u${u.code}`, group: 'units', label: u.name, detail: u.code, to: `/units?chosen=${encodeURIComponent(u.code)}` })),
  ]
}

/** Goes anywhere by typing: Ctrl+K, and / outside of fields. */
export function Palette({ onClose, groups }: { onClose: () => void; groups: readonly PageGroup[] }) {
  const say = useTexts(shellTexts)
  const navigate = useNavigate()
  const session = useSession()
  const language = useLanguage()
  const link = useContextLink()
  const list = useId()
  const [text, type] = useState('')
  const [at, move] = useState(0)
  const found = useFound(text)
  const hits = useMemo(() => {
    const asked = text.trim().toLowerCase()
    const pages = groups.flatMap((group) => group.pages).filter((page) => opens(page, session))
    const matching = pages.filter((page) => `${page.name.zh} ${page.name.en}`.toLowerCase().includes(asked))
    return [...found, ...matching.map((page): Hit => ({ key: page.path, group: 'pages', label: page.name[language], to: link(page.path) }))].slice(0, 20)
  }, [text, found, groups, session, language, link])
  const go = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    void navigate(hit.to)
  }
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') move(Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') move(Math.max(at - 1, 0))
    else if (event.key === 'Enter') go(hits[at])
    else return
    event.preventDefault()
  }
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} title={say('search')} className="palette">
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
