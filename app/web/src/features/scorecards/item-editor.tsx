import { useQuery } from '@tanstack/react-query'
import { Choice } from '@/components/choice'
import { Section } from '@/components/page'
import { api } from '@/lib/api'
import { content, useTexts } from '@/lib/text'
import { CurvePreview } from './curve'
import { designerTexts } from './designer.texts'
import { useDesigner } from './designer.state'
import { ChoiceField, FlagField, NameFields, NumberField, TextField } from './fields'
import { type Path, changed } from './history'
import { MethodForm } from './method-form'
import { type Item, type Source, withSource } from './model'
import { PairRows, RoleRows } from './rows'

const sources = ['metric', 'rating', 'survey', 'events'] as const
const missings = ['require', 'zero', 'neutral', 'exclude'] as const

/** One item of the scorecard: what it is, where its value comes from, and how that becomes a score. */
export function ItemEditor({ item, path }: { item: Item; path: Path }) {
  const say = useTexts(designerTexts)
  const { card, change } = useDesigner()
  return (
    <Section title={content(item.name) || item.key || say('unnamed')}>
      <div className="rule-fields">
        <TextField label={say('key')} path={[...path, 'key']} value={item.key} />
        <NameFields path={[...path, 'name']} value={item.name} />
        <NumberField label={say('weight')} path={[...path, 'weight']} value={item.weight} suffix="%" />
        <ChoiceField label={say('source')} path={[...path, 'source']} value={item.source} options={sources.map((value) => ({ value, label: say(value) }))}
          onChange={(source) => change(changed(card, path, withSource(item, source as Source)))} />
        {item.source === 'metric' && <MetricField item={item} path={path} />}
        <ChoiceField label={say('missing')} path={[...path, 'missing']} value={item.missing || 'require'} options={missings.map((value) => ({ value, label: say(value) }))} />
        {item.missing === 'neutral' && <NumberField label={say('neutralPoints')} path={[...path, 'neutral']} value={item.neutral} />}
      </div>
      {item.source === 'metric' && <FlagField label={say('flow')} path={[...path, 'flow']} value={item.flow} />}
      {item.source === 'rating' && <RatingForm item={item} path={path} />}
      {item.source === 'survey' && <SurveyForm item={item} path={path} />}
      <MethodForm item={item} path={path} />
      <CurvePreview key={`${path.join('.')} ${item.source} ${item.method.type} ${item.method.values.of ?? ''}`} item={item} precision={card.precision} />
    </Section>
  )
}

/** Every metric, for choosing one. */
export const useMetrics = () =>
  useQuery({
    queryKey: ['metrics', 'all'],
    queryFn: async () => {
      const all = []
      let cursor: string | undefined
      do {
        const page = (await api.GET('/metrics', { params: { query: { limit: 200, cursor } } })).data
        all.push(...(page?.items ?? []))
        cursor = page?.next || undefined
      } while (cursor)
      return all
    },
    staleTime: 60_000,
  })

function MetricField({ item, path }: { item: Item; path: Path }) {
  const say = useTexts(designerTexts)
  const { set, readOnly, worst } = useDesigner()
  const { data: metrics } = useMetrics()
  const place = `/${[...path, 'metric'].join('/')}`
  return (
    <label className={`rule-field ${worst(place) ?? ''}`} data-place={place}>
      <span>{say('metric')}</span>
      <Choice aria-label={say('metric')} value={item.metric} disabled={readOnly} showSearch={{ optionFilterProp: 'label' }}
        onChange={(to) => set([...path, 'metric'], to)}
        options={[
          { value: '', label: say('sameKey') },
          ...(metrics ?? []).map((metric) => ({ value: metric.code, label: `${metric.name} · ${metric.code}${metric.unit_of_measure ? ` · ${metric.unit_of_measure}` : ''}` })),
        ]} />
    </label>
  )
}

function RatingForm({ item, path }: { item: Item; path: Path }) {
  const say = useTexts(designerTexts)
  return (
    <div className="rule-halves">
      <div className="rule-part">
        <h3>{say('levels')}</h3>
        <PairRows path={[...path, 'levels']} rows={item.levels} heads={[say('level'), say('points')]} keyed list="rating/levels" />
      </div>
      <div className="rule-part">
        <h3>{say('roles')}</h3>
        <RoleRows path={[...path, 'roles']} roles={item.roles} />
      </div>
    </div>
  )
}

function SurveyForm({ item, path }: { item: Item; path: Path }) {
  const say = useTexts(designerTexts)
  const fields = [['scale_min', 'scaleMin'], ['scale_max', 'scaleMax'], ['min_count', 'minCount'], ['prior_mean', 'priorMean'], ['prior_weight', 'priorWeight']] as const
  return (
    <div className="rule-fields">
      {fields.map(([name, label]) => <NumberField key={name} label={say(label)} path={[...path, 'survey', name]} value={item.survey[name]} placeholder={name === 'min_count' ? '1' : undefined} />)}
    </div>
  )
}
