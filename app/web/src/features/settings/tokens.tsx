import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Popconfirm, Typography } from 'antd'
import { useState } from 'react'
import { NewToken } from './new-token'
import { usePermissionNames } from './permission-names'
import { settingsTexts } from './texts'
import { Section } from '@/components/page'
import { Empty, Loaded, ProblemText } from '@/components/states'
import { type Schema, api, queries } from '@/lib/api'
import { day, instant } from '@/lib/format'
import { useLanguage, useTexts } from '@/lib/text'

type Token = Schema<'Token'>

const renew = () => queries.invalidateQueries({ queryKey: ['me', 'tokens'] })

/** The tokens with which other programs use the API in the user's name. */
export function Tokens() {
  const say = useTexts(settingsTexts)
  const [making, make] = useState(false)
  const [error, fail] = useState<unknown>()
  const tokens = useQuery({ queryKey: ['me', 'tokens'], queryFn: async () => (await api.GET('/me/tokens')).data?.items ?? [] })
  const revoke = async (id: number) => {
    fail(undefined)
    try {
      await api.DELETE('/me/tokens/{id}', { params: { path: { id } } })
    } catch (caught) {
      fail(caught)
    } finally {
      await renew()
    }
  }
  return (
    <Section title={say('tokens')} extra={<Button onClick={() => make(true)}>{say('newToken')}</Button>}>
      <p className="muted">{say('tokensWhat')}</p>
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
      <Loaded query={tokens} rows={2}>
        {(list) => list.length === 0 ? <Empty title={say('noTokens')} /> : (
          <ul className="settings-list">{list.map((token) => <TokenRow key={token.id} token={token} onRevoke={() => void revoke(token.id)} />)}</ul>
        )}
      </Loaded>
      <NewToken open={making} onClose={() => make(false)} onMade={() => void renew()} />
    </Section>
  )
}

/** The last day of a token: it ends when that day is over. */
const lastDay = (expires: string): string => new Date(new Date(expires).getTime() - 1).toLocaleDateString('sv-SE')

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const say = useTexts(settingsTexts)
  const language = useLanguage()
  const permissionName = usePermissionNames()
  const facts = [
    `${say('expires')} ${day(lastDay(token.expires_at), language)}`, `${say('made')} ${instant(token.created_at, language)}`,
    `${say('used')} ${token.used_at ? instant(token.used_at, language) : say('never')}`,
  ]
  return (
    <li className="settings-row">
      <div>
        <p><strong>{token.name}</strong></p>
        <p className="muted figure">{facts.join(' · ')}</p>
        <Typography.Paragraph ellipsis={{ rows: 1, expandable: 'collapsible' }}>{token.permissions.map(permissionName).join(language === 'zh' ? '、' : ', ')}</Typography.Paragraph>
      </div>
      <Popconfirm title={say('revokeThis', { name: token.name })} description={say('revokeWhat')} okText={say('revoke')} cancelText={say('cancel')} okButtonProps={{ danger: true }} onConfirm={onRevoke}>
        <Button danger aria-label={say('revokeThis', { name: token.name })}>{say('revoke')}</Button>
      </Popconfirm>
    </li>
  )
}
