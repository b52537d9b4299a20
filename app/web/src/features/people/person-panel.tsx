import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { Link } from 'react-router'
import { peopleTexts } from './texts'
import { Own, PersonName } from '@/components/content'
import { SidePanel } from '@/components/side-panel'
import { Loaded } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { day } from '@/lib/format'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'
import { useInAddress } from '@/lib/url'

type Member = Schema<'StaffMember'>
type Assignment = Schema<'Assignment'>

/** One member with all their assignments; who it is stands in the address. */
export function PersonPanel({ on }: { on: string | undefined }) {
  const say = useTexts(peopleTexts)
  const [no, choose] = useInAddress('person')
  const member = useQuery({
    queryKey: ['staff', 'member', no],
    enabled: no !== undefined,
    queryFn: async () => (await api.GET('/staff/{staff_no}', { params: { path: { staff_no: no ?? '' } } })).data,
  })
  return (
    <SidePanel open={no !== undefined} title={member.data ? <span><PersonName person={member.data} /> <span className="figure">{member.data.staff_no}</span></span> : say('staff')} onClose={() => choose(undefined)}>
      <Loaded query={member} rows={4}>{(data) => data && <Person member={data} on={on} />}</Loaded>
    </SidePanel>
  )
}

/** The assignment in force on a day: of those that cover it, the one that began last. */
export function inForce(assignments: readonly Assignment[], on: string): Assignment | undefined {
  return assignments.filter((a) => a.from <= on && (!a.to || a.to >= on)).reduce<Assignment | undefined>((last, a) => (last && last.from > a.from ? last : a), undefined)
}

function Person({ member, on }: { member: Member; on: string | undefined }) {
  const say = useTexts(peopleTexts)
  const { can } = useSession()
  const current = on === undefined ? undefined : inForce(member.assignments, on)
  return (
    <div className="people-panel">
      <dl className="facts">
        <dt>{say('staffNo')}</dt><dd className="figure">{member.staff_no}</dd>
        <dt>{say('pinyin')}</dt><dd lang="zh-Latn">{member.pinyin}</dd>
        {member.email && <><dt>{say('email')}</dt><dd><a href={`mailto:${member.email}`}>{member.email}</a></dd></>}
        <dt>{say('hired')}</dt><dd className="figure">{day(member.hired_on)}</dd>
      </dl>
      {can('result.read') && can('export.run', 'run.verify') && <Link to={`/results?search=${encodeURIComponent(member.staff_no)}`}>{say('results')}</Link>}
      <h3>{say('history')}</h3>
      <ol className="people-history">
        {[...member.assignments].reverse().map((a) => (
          <li key={a.from} aria-current={a === current ? 'date' : undefined}>
            <p className="figure">{`${day(a.from)} – ${a.to ? day(a.to) : say('now')}`}</p>
            <p><strong><Own text={a.unit_name ?? a.unit} /></strong> · <Own text={a.position} /> · {say(a.state)} {a === current && <Tag color="blue">{say('current')}</Tag>}</p>
          </li>
        ))}
      </ol>
      <p className="muted">{say('gap')}</p>
    </div>
  )
}
