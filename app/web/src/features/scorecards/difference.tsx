import { Link, useParams } from 'react-router'
import { Choice } from '@/components/choice'
import { Page } from '@/components/page'
import { Empty, Loaded } from '@/components/states'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { type Version, useVersions } from './data'
import { pageTexts } from './page.texts'
import { useDifference } from './publish'
import './scorecards.css'

/** What changed from one version to another, in words. */
export function DifferencePage() {
  const say = useTexts(pageTexts)
  const { code = '' } = useParams()
  const versions = useVersions(code)
  return (
    <Page title={`${say('difference')} · ${code}`} lead={<Link to={`/scorecards/${encodeURIComponent(code)}`}>{say('back')}</Link>}>
      <Loaded query={versions}>{(list) => <Difference code={code} versions={list} />}</Loaded>
    </Page>
  )
}

function Difference({ code, versions }: { code: string; versions: readonly Version[] }) {
  const say = useTexts(pageTexts)
  const [params, change] = useAddress()
  const after = Number(params.get('after') ?? versions[0]?.number ?? 1)
  const before = Number(params.get('before') ?? versions[1]?.number ?? after)
  const query = useDifference(code, before, after)
  const options = versions.map((version) => ({ value: String(version.number), label: `${say('versionOf', { number: version.number })} · ${say(version.state)}` }))
  return (
    <>
      <div className="filter-bar">
        {([['before', before], ['after', after]] as const).map(([name, value]) => (
          <label key={name} className="filter"><span>{say(name)}</span><Choice aria-label={say(name)} value={String(value)} options={options} onChange={(to) => change({ [name]: to })} /></label>
        ))}
      </div>
      <Loaded query={query}>
        {({ changes }) => changes.length === 0
          ? <Empty title={say('same')} />
          : (
            <section className="section" aria-label={say('difference')}>
              <ul className="rule-changes">
                {changes.map((one) => (
                  <li key={one.path}>
                    <span>{one.words}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
      </Loaded>
    </>
  )
}
