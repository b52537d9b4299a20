import { CloseCircleFilled, WarningFilled } from '@ant-design/icons'
import { Section } from '@/components/page'
import { content, useTexts } from '@/lib/text'
import { type Finding, useDesigner } from './designer.state'
import type { Card } from './model'
import { pageTexts } from './page.texts'

/** What was found, each leading to its place. */
export function Findings({ jump, known }: { jump: (path: string) => void; known: boolean }) {
  const say = useTexts(pageTexts)
  const { findings } = useDesigner()
  const errors = findings.filter((finding) => finding.severity === 'error').length
  return (
    <Section title={say('findings')} extra={<span className="muted" role="status">{!known ? '' : findings.length === 0 ? say('noFindings') : [errors > 0 && say('errors', { n: errors }), findings.length > errors && say('warnings', { n: findings.length - errors })].filter(Boolean).join(' · ')}</span>}>
      {findings.length > 0 && (
        <ul className="rule-findings">
          {findings.map((finding, i) => <li key={i}><FindingLine finding={finding} jump={jump} /></li>)}
        </ul>
      )}
    </Section>
  )
}

function FindingLine({ finding, jump }: { finding: Finding; jump: (path: string) => void }) {
  const say = useTexts(pageTexts)
  const { card } = useDesigner()
  const Mark = finding.severity === 'error' ? CloseCircleFilled : WarningFilled
  return (
    <div className={`rule-finding ${finding.severity}`}>
      <Mark aria-hidden="true" />
      <div>
        <button type="button" className="rule-jump" onClick={() => jump(finding.path ?? '')}>
          <span className="sr-only">{`${say(finding.severity)}: `}</span>
          {say('foundAt', { place: placeName(card, finding.path, say('whole')), message: finding.message })}
        </button>
        {finding.source && <p className="muted">{finding.source}</p>}
      </div>
    </div>
  )
}

/** Names the part of the scorecard that a path leads to. */
function placeName(card: Card, path: string | undefined, whole: string): string {
  const [, p, i] = /^\/perspectives\/(\d+)(?:\/items\/(\d+))?/.exec(path ?? '') ?? []
  if (p === undefined) return whole
  const perspective = card.perspectives[Number(p)]
  const part = i === undefined ? perspective : perspective?.items[Number(i)]
  return content(part?.name) || part?.key || whole
}
