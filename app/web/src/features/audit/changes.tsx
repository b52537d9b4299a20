import { useTexts } from '@/lib/text'
import { compareStates } from './compare'
import { texts } from './texts'

/** What a record changed, field by field; what differs is marked. */
export function Changes({ before, after }: { before: unknown; after: unknown }) {
  const say = useTexts(texts)
  const rows = compareStates(before, after)
  if (rows.length === 0) return null
  return (
    <div className="table-scroll" role="region" aria-label={say('after')} tabIndex={0}>
      <table className="plain changes">
        <thead><tr><th scope="col">{say('field')}</th><th scope="col">{say('before')}</th><th scope="col">{say('after')}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field} className={row.before === row.after ? undefined : 'differs'}>
              <th scope="row">{row.field}</th><td>{row.before ?? '—'}</td><td>{row.after ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
