import './settings.css'
import { Looks } from './looks'
import { PasswordSection } from './password'
import { Sessions } from './sessions'
import { settingsTexts } from './texts'
import { Tokens } from './tokens'
import { PersonName } from '@/components/content'
import { Page } from '@/components/page'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'

/** How the user likes the pages, and what they are signed in with. */
export function SettingsPage() {
  const say = useTexts(settingsTexts)
  const { me } = useSession()
  return (
    <Page title={say('title')} lead={<>{me.name !== undefined && <><PersonName person={{ name: me.name, pinyin: me.pinyin }} /> · </>}{me.username}</>}>
      <div className="columns">
        <Looks />
        <PasswordSection />
      </div>
      <Sessions />
      <Tokens />
    </Page>
  )
}
