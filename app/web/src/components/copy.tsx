import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { defineTexts, useTexts } from '@/lib/text'

const texts = defineTexts('copy', { copied: { zh: '已复制', en: 'Copied' } })

/** Puts a text into the clipboard; `label` says which. */
export function Copy({ text, label }: { text: string; label: string }) {
  const say = useTexts(texts)
  const [copied, done] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    done(true)
  }
  return (
    <>
      <Button type="text" size="small" icon={copied ? <CheckOutlined /> : <CopyOutlined />} aria-label={label} title={label} onClick={() => void copy().catch(() => done(false))} />
      <span role="status" className="sr-only">{copied ? say('copied') : ''}</span>
    </>
  )
}
