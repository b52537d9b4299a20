import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { deviceOf } from './device'
import { settingsTexts } from './texts'
import { Section } from '@/components/page'
import { Loaded, ProblemText } from '@/components/states'
import { type Schema, api, queries } from '@/lib/api'
import { instant } from '@/lib/format'
import { useTexts } from '@/lib/text'

type Session = Schema<'Session'>

/** Where the user is signed in, and how to end that. */
export function Sessions() {
  const say = useTexts(settingsTexts)
  const [told, tell] = useState(false)
  const sessions = useQuery({ queryKey: ['me', 'sessions'], queryFn: async () => (await api.GET('/me/sessions')).data?.items ?? [] })
  const after = () => queries.invalidateQueries({ queryKey: ['me', 'sessions'] })
  const endOne = useMutation({ mutationFn: (id: number) => api.DELETE('/me/sessions/{id}', { params: { path: { id } } }), onSettled: after })
  const endOthers = useMutation({ mutationFn: () => api.DELETE('/me/sessions'), onSuccess: () => tell(true), onSettled: after })
  const error = endOne.error ?? endOthers.error
  const others = sessions.data?.some((session) => !session.current)
  return (
    <Section title={say('sessions')} extra={others && <Button loading={endOthers.isPending} onClick={() => endOthers.mutate()}>{say('endOthers')}</Button>}>
      {error && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
      <div role="status">{told && !others && <Alert type="success" showIcon title={say('othersEnded')} />}</div>
      <Loaded query={sessions} rows={3}>
        {(list) => (
          <ul className="settings-list">
            {list.map((session) => <SessionRow key={session.id} session={session} busy={endOne.isPending && endOne.variables === session.id} onEnd={() => endOne.mutate(session.id)} />)}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

function SessionRow({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: () => void }) {
  const say = useTexts(settingsTexts)
  const device = deviceOf(session.agent)
  const name = device ? say('browserOn', device) : session.agent || say('unknownDevice')
  const facts = [`${say('seen')} ${instant(session.seen_at)}`, `${say('since')} ${instant(session.created_at)}`, `${say('until')} ${instant(session.expires_at)}`]
  return (
    <li className="settings-row">
      <div>
        <p><strong>{name}</strong> <span className="figure">{session.address}</span> {session.current && <Tag color="blue">{say('here')}</Tag>}</p>
        <p className="muted figure">{facts.join(' · ')}</p>
      </div>
      {!session.current && <Button loading={busy} aria-label={say('endThis', { where: `${name} ${session.address}` })} onClick={onEnd}>{say('end')}</Button>}
    </li>
  )
}
