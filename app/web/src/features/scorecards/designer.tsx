import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { Alert } from 'antd'
import { Page } from '@/components/page'
import { Failure, Loading } from '@/components/states'
import { isProblem } from '@/lib/api'
import { useSession } from '@/lib/session'
import { content, useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { Board } from './board'
import { type Version, useVersion, useVersions } from './data'
import { pageTexts } from './page.texts'
import './scorecards.css'

/** The designer of one scorecard: its newest version to change, any other to read. */
export function DesignerPage() {
  const { code = '' } = useParams()
  const [asked] = useInAddress('version')
  const [fresh, renew] = useState(0)
  const versions = useVersions(code)
  const begins = isProblem(versions.error, 'scorecard.unknown') || versions.data?.length === 0
  const newest = versions.data?.find((version) => version.state !== 'withdrawn') ?? versions.data?.[0]
  const number = asked ? Number(asked) : newest?.number
  const read = useVersion(code, number)
  const shown = useLast(`${code} ${asked ?? ''} ${fresh}`, read.data)
  if (begins) return <Designer key={`${code} new ${fresh}`} code={code} versions={[]} onReload={() => renew(fresh + 1)} />
  const error = versions.error ?? read.error
  if (error && !shown) return <Page title={code}><Failure error={error} onRetry={() => void (versions.error ? versions : read).refetch()} /></Page>
  if (!shown || !versions.data) return <Loading rows={12} />
  return <Designer key={`${code} ${asked ?? ''} ${fresh}`} code={code} version={shown} versions={versions.data} onReload={() => renew(fresh + 1)} />
}

/** What was read last for a key, while the next is on its way: a draft that is saved for the first time is another version, and the board stays. */
function useLast<T>(key: string, read: T | undefined): T | undefined {
  const [last, keep] = useState({ key, read })
  if (read !== undefined && (last.key !== key || last.read !== read)) keep({ key, read })
  return read ?? (last.key === key ? last.read : undefined)
}

interface Props { code: string; version?: Version; versions: readonly Version[]; onReload: () => void }

function Designer({ code, version, versions, onReload }: Props) {
  const say = useTexts(pageTexts)
  const { can } = useSession()
  const newest = versions.find((one) => one.state !== 'withdrawn') ?? versions[0]
  const [old] = useState(version !== undefined && newest !== undefined && version.number !== newest.number)
  const readOnly = old || !can('scorecard.manage')
  const name = content(version?.name)
  return (
    <Page title={name ? `${name} · ${code}` : code} lead={<>
      <Link to="/scorecards">{say('all')}</Link>
      {version && <span>{` · ${say('versionOf', { number: version.number })} · ${say(version.state)}`}</span>}
      {!version && <span>{` · ${say('unsaved')}`}</span>}
    </>}>
      {old && <Alert type="info" showIcon title={say('old')} action={<Link to={`/scorecards/${encodeURIComponent(code)}`}>{say('toNewest')}</Link>} />}
      <Board code={code} version={version} versions={versions} readOnly={readOnly} onReload={onReload} />
    </Page>
  )
}
