import { Button } from 'antd'
import type { ReactNode } from 'react'
import { currentLanguage, setLanguage, useTexts } from '@/lib/text'
import { shellTexts } from './texts'

/** Changes between the two languages; it is written in the one that it leads to. */
export function LanguageSwitch() {
  const say = useTexts(shellTexts)
  const chinese = currentLanguage() === 'zh'
  return (
    <Button type="text" lang={chinese ? 'en' : 'zh-CN'} aria-label={say('languageLabel')} onClick={() => setLanguage(chinese ? 'en' : 'zh')}>
      {say('language')}
    </Button>
  )
}

/** The frame of the pages before the sign-in: the card of the page, and what stands beside it. */
export function Entrance({ title, lead, children, beside }: { title: string; lead: ReactNode; children: ReactNode; beside?: ReactNode }) {
  return (
    <main className="sign-in" id="content">
      <div className="sign-in-card">
        <div className="sign-in-head">
          <span className="sign-in-brand"><img src="/icon.svg" alt="" width="28" height="28" />Steelyard</span>
          <LanguageSwitch />
        </div>
        <h1>{title}</h1>
        <p className="muted">{lead}</p>
        {children}
      </div>
      {beside}
    </main>
  )
}
