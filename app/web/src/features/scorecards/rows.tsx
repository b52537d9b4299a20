import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input } from 'antd'
import { Choice } from '@/components/choice'
import { useTexts } from '@/lib/text'
import { designerTexts } from './designer.texts'
import { useDesigner } from './designer.state'
import { NumberField } from './fields'
import { type Path, changed } from './history'
import type { Pair, Role } from './model'

interface Props {
  path: Path
  rows: readonly Pair[]
  heads: readonly [string, string]
  /** The first column is a share, shown in percent. */
  share?: boolean
  /** The first column is a key of the bank's choice. */
  keyed?: boolean
  /** How the server names the two columns, and the list. */
  fields?: readonly [string, string]
  list: string
}

/** Rows of two values: a table of steps, the corners of a line, levels and their points. */
export function PairRows({ path, rows, heads, share, keyed, fields, list }: Props) {
  const say = useTexts(designerTexts)
  const { card, change, readOnly, set, worst } = useDesigner()
  const owner = `/${path.slice(0, -1).join('/')}/${list}`
  const place = (row: Pair, i: number, column: 0 | 1) => (keyed || !fields ? `${owner}/${row.a}` : `${owner}/${i}/${fields[column]}`)
  return (
    <div className="rule-rows" data-place={owner}>
      <table>
        <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}{!readOnly && <th scope="col"><span className="sr-only">{say('remove')}</span></th>}</tr></thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i} className={worst(place(row, i, 0)) ?? worst(place(row, i, 1))}>
              <td data-place={place(row, i, 0)}>
                {keyed
                  ? <Input aria-label={`${heads[0]} ${i + 1}`} value={row.a} readOnly={readOnly} maxLength={64} onChange={(event) => set([...path, i, 'a'], event.target.value)} />
                  : <NumberField bare label={`${heads[0]} ${i + 1}`} path={[...path, i, 'a']} value={row.a} share={share} />}
              </td>
              <td data-place={keyed ? undefined : place(row, i, 1)}><NumberField bare label={`${heads[1]} ${i + 1}`} path={[...path, i, 'b']} value={row.b} /></td>
              {!readOnly && (
                <td>
                  <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={say('removeOf', { name: `${heads[0]} ${i + 1}` })}
                    onClick={() => change(changed(card, path, rows.filter((_, n) => n !== i)))} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!readOnly && <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => change(changed(card, path, [...rows, { a: '', b: '' }]))}>{say('addRow')}</Button>}
    </div>
  )
}

/** Who rates, and with what weight. */
export function RoleRows({ path, roles }: { path: Path; roles: readonly Role[] }) {
  const say = useTexts(designerTexts)
  const { card, change, readOnly, set } = useDesigner()
  const known = ['manager', 'peer', 'self', 'subordinate'] as const
  const options = [...new Set([...known, ...roles.map((role) => role.role)])].filter(Boolean)
  return (
    <div className="rule-rows" data-place={`/${path.slice(0, -1).join('/')}/rating/roles`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('role')}</th><th scope="col">{say('weight')}</th><th scope="col">{say('least')}</th><th scope="col">{say('trim')}</th>
            <th scope="col">{say('required')}</th>{!readOnly && <th scope="col"><span className="sr-only">{say('remove')}</span></th>}
          </tr>
        </thead>
        <tbody>
          {roles.map((role, i) => {
            const label = `${say('role')} ${i + 1}`
            return (
              <tr key={i}>
                <td>
                  <Choice aria-label={label} value={role.role || undefined} disabled={readOnly} className="rule-role"
                    onChange={(to) => set([...path, i, 'role'], to)}
                    options={options.map((value) => ({ value, label: known.includes(value as 'peer') ? say(value as 'peer') : value }))} />
                </td>
                <td><NumberField bare label={`${label} ${say('weight')}`} path={[...path, i, 'weight']} value={role.weight} /></td>
                <td><NumberField bare label={`${label} ${say('least')}`} path={[...path, i, 'min']} value={role.min} placeholder="1" /></td>
                <td><Checkbox aria-label={`${label} ${say('trim')}`} checked={role.trim} disabled={readOnly} onChange={(event) => set([...path, i, 'trim'], event.target.checked)} /></td>
                <td><Checkbox aria-label={`${label} ${say('required')}`} checked={role.required} disabled={readOnly} onChange={(event) => set([...path, i, 'required'], event.target.checked)} /></td>
                {!readOnly && <td><Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={say('removeOf', { name: label })} onClick={() => change(changed(card, path, roles.filter((_, n) => n !== i)))} /></td>}
              </tr>
            )
          })}
        </tbody>
      </table>
      {!readOnly && (
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => change(changed(card, path, [...roles, { role: 'peer', weight: '', min: '', trim: false, required: false }]))}>
          {say('addRow')}
        </Button>
      )}
    </div>
  )
}
