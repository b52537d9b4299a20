import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { Own } from '@/components/content'
import { Loaded } from '@/components/states'
import { api } from '@/lib/api'
import { day } from '@/lib/format'
import { content, useLanguage, useTexts } from '@/lib/text'
import { stateOf, today } from './grant-state'
import { texts } from './texts'
import { useRoles } from './words'
import { useSession } from '@/lib/session'

/** The grants of one user, a line each. */
export function GrantLines({ username }: { username: string }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const { data: roles } = useRoles(can('policy.read'))
  const query = useQuery({
    queryKey: ['grants', 'of', username],
    queryFn: async () => (await api.GET('/grants', { params: { query: { user: username, limit: 100 } } })).data?.items ?? [],
  })
  return (
    <Loaded query={query} rows={2}>
      {(grants) => grants.length === 0 ? <p className="muted">{say('noGrants')}</p> : (
        <ul className="lines">
          {grants.map((grant) => (
            <li key={grant.id}>
              <strong>{content(roles?.find((r) => r.code === grant.role)?.name) || grant.role}</strong>
              {' · '}<Own text={grant.unit_name ?? grant.unit} />{` · ${day(grant.from, language)} – ${grant.until ? day(grant.until, language) : say('noEnd')} `}
              <Tag>{say(stateOf(grant, today()))}</Tag>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}
