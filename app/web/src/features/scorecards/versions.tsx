import { Button } from 'antd'
import { Link } from 'react-router'
import { Section } from '@/components/page'
import { useUndo } from '@/components/undo'
import { api, queries } from '@/lib/api'
import { instant } from '@/lib/format'
import { useTexts } from '@/lib/text'
import { type Version, useVersion } from './data'
import { pageTexts } from './page.texts'

interface Props { code: string; versions: readonly Version[]; shown: number | undefined; readOnly: boolean; onDiscard: () => void }

/** The versions of the scorecard: open one, compare it with the one before, simulate, throw the draft away. */
export function VersionList({ code, versions, shown, readOnly, onDiscard }: Props) {
  const say = useTexts(pageTexts)
  const done = useUndo()
  const at = `/scorecards/${encodeURIComponent(code)}`
  const draft = versions[0]?.state === 'draft' ? versions[0] : undefined
  const inForce = versions.findIndex((version) => version.state !== 'draft')
  const drafts = inForce < 0 ? versions.length : inForce
  const { data: whole } = useVersion(code, draft?.number)
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: ['scorecard', code] }), queries.invalidateQueries({ queryKey: ['scorecards'] })])
  const discard = async () => {
    await api.DELETE('/scorecards/{scorecard}/draft', { params: { path: { scorecard: code } } })
    await refresh()
    onDiscard()
    done(say('discarded', { n: drafts }), async () => {
      await api.PUT('/scorecards/{scorecard}/draft', { params: { path: { scorecard: code } }, body: { definition: whole?.definition ?? {} } })
      await refresh()
      onDiscard()
    })
  }
  return (
    <Section title={say('versions')} extra={<Link to={`${at}/simulation`}>{say('simulate')}</Link>}>
      <ol className="rule-versions">
        {versions.map((version, i) => {
          const before = versions[i + 1]
          return (
            <li key={version.number} aria-current={version.number === shown ? 'true' : undefined}>
              <Link to={i === 0 ? at : `${at}?version=${version.number}`}>{say('versionOf', { number: version.number })}</Link>
              <span className="muted">{[say(version.state), version.published_at && instant(version.published_at)].filter(Boolean).join(' · ')}</span>
              {before && <Link to={`${at}/difference?before=${before.number}&after=${version.number}`} aria-label={say('compareWith', { number: before.number })}>{say('compare')}</Link>}
            </li>
          )
        })}
      </ol>
      {draft && !readOnly && <div><Button size="small" disabled={!whole} onClick={() => void discard()}>{say('discard', { n: drafts })}</Button></div>}
    </Section>
  )
}
