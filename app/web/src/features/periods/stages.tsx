import { useTexts } from '@/lib/text'
import { type StateKey, states, texts } from './texts'

/** Where the month stands, from draft to closed. */
export function Stages({ state }: { state: StateKey }) {
  const say = useTexts(texts)
  const at = states.indexOf(state)
  return (
    <ol className="stages" aria-label={say('stages')}>
      {states.map((stage, i) => (
        <li key={stage} className={i < at ? 'over' : i === at ? 'now' : undefined} aria-current={i === at ? 'step' : undefined}>
          <span aria-hidden="true" className="stage-mark">{i < at ? '✓' : i + 1}</span>
          {say(stage)}
          <span className="sr-only">{i < at ? say('over') : i === at ? say('now') : ''}</span>
        </li>
      ))}
    </ol>
  )
}
