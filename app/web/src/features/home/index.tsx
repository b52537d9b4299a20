import { Page } from '@/components/page'
import { useSession } from '@/lib/session'
import { defineTexts, useTexts } from '@/lib/text'

const texts = defineTexts('home', { title: { zh: '{name}，您好', en: 'Hello, {name}' } })

/** What is to be done next. */
export function HomePage() {
  const say = useTexts(texts)
  const { me } = useSession()
  return <Page title={say('title', { name: me.name ?? me.username })}><p /></Page>
}
