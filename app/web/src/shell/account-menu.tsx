import { UserOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Suspense, lazy, useEffect, useId, useRef, useState } from 'react'
import { Link, useLocation } from 'react-router'
import { PersonName } from '@/components/content'
import { api } from '@/lib/api'
import { latin } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { shellTexts } from './texts'

const LeaveDialog = lazy(async () => ({ default: (await import('./leave-dialog')).LeaveDialog }))

/** Who is signed in, their settings, and the way out. */
export function AccountMenu() {
  const say = useTexts(shellTexts)
  const { me } = useSession()
  const { pathname } = useLocation()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [opened, openAt] = useState<string>()
  const open = opened === pathname // what is chosen leads elsewhere, and that closes it
  const close = () => openAt(undefined)
  useEffect(() => {
    if (!open) return undefined
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) openAt(undefined)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])
  const name = me.name === undefined ? me.username : latin({ name: me.name, pinyin: me.pinyin })
  const [unsaved, ask] = useState(0)
  const leave = async (anyway: boolean) => {
    const { outbox, settle } = await import('@/lib/autosave')
    const left = await settle(me.username).catch(() => 0)
    if (left > 0 && !anyway) {
      ask(left)
      return
    }
    if (left > 0) await outbox.clear(me.username)
    await api.POST('/sign-out').catch(() => undefined)
    window.location.assign('/sign-in')
  }
  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    close()
    box.current?.querySelector('button')?.focus()
  }
  return (
    <div ref={box} className="account" onKeyDown={keys}>
      <Button type="text" icon={<UserOutlined aria-hidden />} aria-label={say('account', { name })} aria-expanded={open} aria-controls={id} onClick={() => openAt(open ? undefined : pathname)}>
        <span className="shell-name">{name}</span>
      </Button>
      <div id={id} className="account-menu" hidden={!open}>
        <p className="account-who"><strong>{me.name === undefined ? name : <PersonName person={{ name: me.name, pinyin: me.pinyin }} />}</strong><span className="muted figure">{me.username}</span></p>
        <Link to="/me/settings" onClick={close}>{say('settings')}</Link>
        <Link to="/help/shortcuts" onClick={close}>{say('shortcuts')}</Link>
        <button type="button" onClick={() => void leave(false)}>{say('signOut')}</button>
      </div>
      {unsaved > 0 && (
        <Suspense fallback={null}>
          <LeaveDialog unsaved={unsaved} onStay={() => ask(0)} onLeave={() => void leave(true)} />
        </Suspense>
      )}
    </div>
  )
}
