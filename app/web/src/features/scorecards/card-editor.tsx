import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import type { ReactNode } from 'react'
import { Section } from '@/components/page'
import { useTexts } from '@/lib/text'
import { designerTexts } from './designer.texts'
import { useDesigner } from './designer.state'
import { ChoiceField, NameFields, NumberField, TextField } from './fields'
import { changed } from './history'
import { definitionOf, freeKey } from './model'

/** What a scorecard has beside its items: for whom it is, its caps, bonuses, vetoes and grades. */
export function CardEditor() {
  const say = useTexts(designerTexts)
  const { card, set, readOnly, worst } = useDesigner()
  const groups = ['bank', 'branch', 'unit'] as const
  return (
    <Section title={say('settings')}>
      <div className="rule-fields">
        <NameFields path={['name']} value={card.name} />
        <label className={`rule-field wide ${worst('/positions') ?? ''}`} data-place="/positions">
          <span>{say('positions')}</span>
          <Input value={card.positions.join(', ')} readOnly={readOnly} onChange={(event) => set(['positions'], event.target.value.split(/[,，、]\s?/))}
            onBlur={() => set(['positions'], card.positions.map((position) => position.trim()).filter(Boolean))} />
        </label>
        <ChoiceField label={say('peerGroup')} path={['peer_group']} value={card.peer_group} options={groups.map((value) => ({ value, label: say(value) }))} />
        <ChoiceField label={say('precision')} path={['precision']} value={card.precision || '2'} options={['0', '1', '2', '3', '4'].map((value) => ({ value, label: value }))} />
        <NumberField label={say('totalCap')} path={['total_cap']} value={card.total_cap} placeholder="100" />
        <NumberField label={say('bonusCap')} path={['bonus_cap']} value={card.bonus_cap} placeholder={say('noCap')} />
        <NumberField label={say('deductionCap')} path={['deduction_cap']} value={card.deduction_cap} placeholder={say('noCap')} />
      </div>
      <Grades />
      <Adjustments />
      <Vetoes />
      <details className="rule-json">
        <summary>{say('json')}</summary>
        <pre tabIndex={0} aria-label={say('json')}>{JSON.stringify(definitionOf(card), undefined, 2)}</pre>
      </details>
    </Section>
  )
}

/** Parts of one kind, one below the other, each with a button that removes it. */
function Parts<Part>({ title, name, parts, fresh, label, children }: {
  title: string
  name: 'grades' | 'adjustments' | 'vetoes'
  parts: readonly Part[]
  fresh: () => Part
  label: (part: Part) => string
  children: (part: Part, i: number) => ReactNode
}) {
  const say = useTexts(designerTexts)
  const { card, change, readOnly } = useDesigner()
  return (
    <div className="rule-part" data-place={`/${name}`}>
      <h3>{title}</h3>
      {parts.length === 0 && <p className="muted">{say('none')}</p>}
      {parts.map((part, i) => (
        <div key={i} className="rule-line">
          <div className="rule-fields">{children(part, i)}</div>
          {!readOnly && (
            <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={say('removeOf', { name: label(part) || `${title} ${i + 1}` })}
              onClick={() => change(changed(card, [name], parts.filter((_, n) => n !== i)))} />
          )}
        </div>
      ))}
      {!readOnly && <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => change(changed(card, [name], [...parts, fresh()]))}>{say('addRow')}</Button>}
    </div>
  )
}

function Grades() {
  const say = useTexts(designerTexts)
  const { card } = useDesigner()
  return (
    <Parts title={say('grades')} name="grades" parts={card.grades} label={(grade) => grade.grade} fresh={() => ({ grade: '', min: '', coefficient: '' })}>
      {(grade, i) => (
        <>
          <TextField label={say('grade')} path={['grades', i, 'grade']} value={grade.grade} />
          <NumberField label={say('min')} path={['grades', i, 'min']} value={grade.min} placeholder={i === card.grades.length - 1 ? say('lastGrade') : undefined} />
          <NumberField label={say('coefficient')} path={['grades', i, 'coefficient']} value={grade.coefficient} placeholder={say('none')} />
        </>
      )}
    </Parts>
  )
}

function Adjustments() {
  const say = useTexts(designerTexts)
  const { card } = useDesigner()
  const types = ['bonus', 'deduction'] as const
  return (
    <Parts title={say('adjustments')} name="adjustments" parts={card.adjustments} label={(a) => a.key}
      fresh={() => ({ key: freeKey('bonus', card.adjustments.map((a) => a.key)), name: { zh: '', en: '' }, type: 'bonus', cap: '5' })}>
      {(a, i) => (
        <>
          <TextField label={say('key')} path={['adjustments', i, 'key']} value={a.key} />
          <NameFields path={['adjustments', i, 'name']} value={a.name} />
          <ChoiceField label={say('type')} path={['adjustments', i, 'type']} value={a.type} options={types.map((value) => ({ value, label: say(value) }))} />
          <NumberField label={say('cap')} path={['adjustments', i, 'cap']} value={a.cap} />
        </>
      )}
    </Parts>
  )
}

function Vetoes() {
  const say = useTexts(designerTexts)
  const { card } = useDesigner()
  return (
    <Parts title={say('vetoes')} name="vetoes" parts={card.vetoes} label={(v) => v.key}
      fresh={() => ({ key: freeKey('veto', card.vetoes.map((v) => v.key)), name: { zh: '', en: '' }, cap: '59.99' })}>
      {(v, i) => (
        <>
          <TextField label={say('key')} path={['vetoes', i, 'key']} value={v.key} />
          <NameFields path={['vetoes', i, 'name']} value={v.name} />
          <NumberField label={say('vetoCap')} path={['vetoes', i, 'cap']} value={v.cap} />
        </>
      )}
    </Parts>
  )
}
