import { useTexts } from '@/lib/text'
import { methodTexts } from './designer.texts'
import { useDesigner } from './designer.state'
import { ChoiceField, FlagField, NumberField } from './fields'
import { type Path, changed } from './history'
import { type Item, type MethodType, choicesOf, figuresOf, isShare, likeX, methodsOf, ofDefault, ofValue, withMethod } from './model'
import { PairRows } from './rows'

type Key = keyof typeof methodTexts.words

/** How a value becomes a score: the method and each of its parameters. */
export function MethodForm({ item, path }: { item: Item; path: Path }) {
  const say = useTexts(methodTexts)
  const { card, change } = useDesigner()
  const { method, source } = item
  const of = ofValue(method, source)
  const at = (name: string): Path => [...path, 'method', 'values', name]
  const types = methodsOf(source)
  return (
    <div className="rule-part" data-place={`/${path.join('/')}/method`}>
      <h3>{say('title')}</h3>
      <div className="rule-fields">
        <ChoiceField label={say('title')} path={[...path, 'method', 'type']} value={method.type} options={types.map((type) => ({ value: type, label: say(type) }))}
          onChange={(type) => change(changed(card, path, withMethod(item, type as MethodType)))} />
        {choicesOf(method, source).map((name) => (
          <ChoiceField key={name} label={say(name as Key)} path={at(name)} value={method.values[name] || firstOf(name, method.type)} options={optionsOf(name).map(([value, label]) => ({ value, label: say(label) }))} />
        ))}
      </div>
      <p className="muted">{say(`${method.type}Help` as Key)}</p>
      {method.type === 'steps' && <PairRows path={[...path, 'method', 'rows']} rows={method.rows} heads={[say('rowFrom'), say('rowScore')]} share={isShare(of)} fields={['from', 'score']} list="table" />}
      {method.type === 'interpolate' && <PairRows path={[...path, 'method', 'rows']} rows={method.rows} heads={[say('rowX'), say('rowScore')]} share={isShare(of)} fields={['x', 'score']} list="points" />}
      {method.type === 'deduct' && <PairRows path={[...path, 'method', 'rows']} rows={method.rows} heads={[say('rowEvent'), say('rowPoints')]} keyed list="points" />}
      <div className="rule-fields">
        {Object.entries(figuresOf(method.type)).map(([name, usual]) => (
          <NumberField key={name} label={say(name as Key)} path={at(name)} value={method.values[name] ?? ''} placeholder={usual && say('default', { value: usual })}
            share={likeX.includes(name) && isShare(of)} />
        ))}
      </div>
      {method.type === 'steps' && <FlagField label={say('strict')} path={[...path, 'method', 'strict']} value={method.strict} />}
      {method.type === 'increments' && <FlagField label={say('whole_steps')} path={[...path, 'method', 'whole_steps']} value={method.whole_steps} />}
    </div>
  )
}

function firstOf(name: string, type: MethodType): string {
  if (name === 'of') return ofDefault(type)
  return optionsOf(name)[0]?.[0] ?? ''
}

function optionsOf(name: string): readonly (readonly [string, Key])[] {
  switch (name) {
    case 'of': return [['attainment', 'attainment'], ['actual', 'actual'], ['gap', 'gap'], ['growth', 'growth']]
    case 'direction': return [['higher', 'higher'], ['lower', 'lower']]
    case 'inverse': return [['mirror', 'mirror'], ['reciprocal', 'reciprocal']]
    case 'order': return [['desc', 'desc'], ['asc', 'asc']]
    default: return [['>=', 'atLeast'], ['>', 'above'], ['<=', 'atMost'], ['<', 'under']]
  }
}
