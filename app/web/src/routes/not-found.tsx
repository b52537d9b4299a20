import { useEffect } from 'react'
import { Link } from 'react-router'
import { Notice } from '@/components/notice'
import { stateTexts } from '@/components/states.texts'
import { useTexts } from '@/lib/text'

/** For addresses that lead nowhere. */
export function NotFound() {
  const say = useTexts(stateTexts)
  const title = say('notFound')
  useEffect(() => {
    document.title = `${title} · Steelyard`
  }, [title])
  return <Notice tone="info" heading title={title} action={<Link to="/home">{say('home')}</Link>} />
}
