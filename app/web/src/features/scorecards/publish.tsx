import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { Loaded } from '@/components/states'
import { TypedConfirm } from '@/components/typed-confirm'
import { type Schema, api, queries } from '@/lib/api'
import { useLanguage, useTexts } from '@/lib/text'
import type { Version } from './data'
import type { Finding } from './designer.state'
import { pageTexts } from './page.texts'

interface Props { code: string; versions: readonly Version[]; dirty: boolean; findings: readonly Finding[]; onDone: () => void }

/** Puts the draft in force, after what changes was read. */
export function Publish({ code, versions, dirty, findings, onDone }: Props) {
  const say = useTexts(pageTexts)
  const { message } = App.useApp()
  const [open, show] = useState(false)
  const draft = versions[0]?.state === 'draft' ? versions[0] : undefined
  const inForce = versions.find((version) => version.state === 'published')
  const errors = findings.filter((finding) => finding.severity === 'error').length
  const why = dirty ? say('publishSave') : errors > 0 ? say('publishWrong', { n: errors }) : undefined
  if (!draft) return null
  const publish = async () => {
    await api.POST('/scorecards/{scorecard}/publish', { params: { path: { scorecard: code } } })
    await Promise.all([queries.invalidateQueries({ queryKey: ['scorecard', code] }), queries.invalidateQueries({ queryKey: ['scorecards'] })])
    void message.success(say('didPublish', { number: draft.number }))
    onDone()
  }
  return (
    <>
      <Button type="primary" disabled={why !== undefined} title={why} onClick={() => show(true)}>{say('publish')}</Button>
      <TypedConfirm open={open} title={say('publishTitle', { code, number: draft.number })} word={code} action={say('publishAction', { number: draft.number })}
        onConfirm={publish} onClose={() => show(false)}>
        <p>{say('publishEffects')}</p>
        {findings.length > errors && <Alert type="warning" showIcon title={say('publishWarnings', { n: findings.length - errors })} />}
        {inForce ? <><p>{say('publishChanges', { number: inForce.number })}</p><Changes code={code} before={inForce.number} after={draft.number} /></> : <p>{say('publishFirst')}</p>}
      </TypedConfirm>
    </>
  )
}

/** What changed between two versions, in the server's words. */
export const useDifference = (code: string, before: number, after: number) => {
  const language = useLanguage()
  return useQuery({
    queryKey: ['scorecard', code, 'difference', before, after, language],
    queryFn: async () =>
      (await api.GET('/scorecards/{scorecard}/difference', { params: { path: { scorecard: code }, query: { before, after } } })).data as Schema<'ScorecardDifference'>,
  })
}

function Changes({ code, before, after }: { code: string; before: number; after: number }) {
  const say = useTexts(pageTexts)
  const query = useDifference(code, before, after)
  return (
    <Loaded query={query} rows={3}>
      {({ changes }) => changes.length === 0 ? <p className="muted">{say('same')}</p> : <ul className="rule-changes">{changes.map((change) => <li key={change.path}>{change.words}</li>)}</ul>}
    </Loaded>
  )
}
