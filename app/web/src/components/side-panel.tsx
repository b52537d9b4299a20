import { Drawer } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { defineTexts, useTexts } from '@/lib/text'

const texts = defineTexts('side-panel', { close: { zh: '关闭', en: 'Close' } })

/**
 * A drawer at the right that stands in the address: the page passes whether the
 * address names something to show, and takes it away on close. The focus goes
 * back to what opened it.
 */
export function SidePanel({ open, title, onClose, children, width = 640, footer }: {
  open: boolean
  title: ReactNode
  onClose: () => void
  children: ReactNode
  width?: number
  footer?: ReactNode
}) {
  const say = useTexts(texts)
  const opener = useRef<Element | null>(null)
  useEffect(() => {
    if (open) opener.current = document.activeElement
  }, [open])
  return (
    <Drawer
      open={open}
      title={title}
      onClose={onClose}
      size={Math.min(width, window.innerWidth)}
      destroyOnHidden
      footer={footer}
      closable={{ 'aria-label': say('close') }}
      afterOpenChange={(now) => {
        if (!now && opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus()
      }}
    >
      {children}
    </Drawer>
  )
}
