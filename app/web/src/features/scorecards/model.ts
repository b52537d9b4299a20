/**
 * A scorecard while it is edited: as its definition, but with lists where the
 * definition has objects with keys of the bank's choice, so that a key can be
 * typed letter by letter. Figures stay the texts that were typed.
 */
export interface Words { zh: string; en: string }

export type Source = 'metric' | 'rating' | 'survey' | 'events'
export type MethodType =
  | 'ratio' | 'steps' | 'interpolate' | 'increments' | 'efficacy' | 'threshold' | 'deduct' | 'rank' | 'relative' | 'standard' | 'direct'

export interface Pair { a: string; b: string }
export interface Role { role: string; weight: string; min: string; trim: boolean; required: boolean }
export interface Survey { scale_min: string; scale_max: string; min_count: string; prior_mean: string; prior_weight: string }

export interface Method {
  type: MethodType
  /** Figures and choices by the name of the parameter; empty: its default. */
  values: Record<string, string>
  strict: boolean
  whole_steps: boolean
  /** The rows of a table, the points of a line, or the points of event types. */
  rows: Pair[]
}

export interface Item {
  key: string
  name: Words
  weight: string
  source: Source
  metric: string
  flow: boolean
  missing: string
  neutral: string
  levels: Pair[]
  roles: Role[]
  survey: Survey
  method: Method
}

export interface Perspective { key: string; name: Words; items: Item[] }
export interface Adjustment { key: string; name: Words; type: string; cap: string }
export interface Veto { key: string; name: Words; cap: string }
export interface Grade { grade: string; min: string; coefficient: string }

export interface Card {
  code: string
  name: Words
  positions: string[]
  peer_group: string
  precision: string
  total_cap: string
  bonus_cap: string
  deduction_cap: string
  perspectives: Perspective[]
  adjustments: Adjustment[]
  vetoes: Veto[]
  grades: Grade[]
}

type Json = Record<string, unknown>
export type Definition = Record<string, unknown>

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : [])
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {})
const words = (value: unknown): Words =>
  typeof value === 'string' ? { zh: value, en: value } : { zh: text(object(value).zh), en: text(object(value).en) }
const pairs = (value: unknown): Pair[] => Object.entries(object(value)).map(([a, b]) => ({ a, b: text(b) }))

export const noSurvey: Survey = { scale_min: '1', scale_max: '5', min_count: '', prior_mean: '', prior_weight: '' }
export const noMethod: Method = { type: 'ratio', values: {}, strict: false, whole_steps: false, rows: [] }

/** Reads a definition as the API gives it. */
export function cardOf(definition: Definition): Card {
  return {
    code: text(definition.code),
    name: words(definition.name),
    positions: Array.isArray(definition.positions) ? definition.positions.map(text) : [],
    peer_group: text(definition.peer_group),
    precision: text(definition.precision),
    total_cap: text(definition.total_cap),
    bonus_cap: text(definition.bonus_cap),
    deduction_cap: text(definition.deduction_cap),
    perspectives: list(definition.perspectives).map((p) => ({ key: text(p.key), name: words(p.name), items: list(p.items).map(itemOf) })),
    adjustments: list(definition.adjustments).map((a) => ({ key: text(a.key), name: words(a.name), type: text(a.type), cap: text(a.cap) })),
    vetoes: list(definition.vetoes).map((v) => ({ key: text(v.key), name: words(v.name), cap: text(v.cap) })),
    grades: list(definition.grades).map((g) => ({ grade: text(g.grade), min: text(g.min), coefficient: text(g.coefficient) })),
  }
}

function itemOf(item: Json): Item {
  const rating = object(item.rating)
  const survey = object(item.survey)
  return {
    key: text(item.key),
    name: words(item.name),
    weight: text(item.weight),
    source: (text(item.source) || 'metric') as Source,
    metric: text(item.metric),
    flow: item.flow === true,
    missing: text(item.missing),
    neutral: text(item.neutral),
    levels: pairs(rating.levels),
    roles: list(rating.roles).map((r) => ({
      role: text(r.role), weight: text(r.weight), min: text(r.min), trim: r.trim === true, required: r.required === true,
    })),
    survey: item.survey
      ? { scale_min: text(survey.scale_min), scale_max: text(survey.scale_max), min_count: text(survey.min_count), prior_mean: text(survey.prior_mean), prior_weight: text(survey.prior_weight) }
      : noSurvey,
    method: methodOf(object(item.method)),
  }
}

function methodOf(method: Json): Method {
  const { type, strict, whole_steps: whole, table, points, ...rest } = method
  const rows = table
    ? list(table).map((row) => ({ a: text(row.from), b: text(row.score) }))
    : Array.isArray(points) ? list(points).map((row) => ({ a: text(row.x), b: text(row.score) })) : pairs(points)
  return {
    type: (text(type) || 'ratio') as MethodType,
    values: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, text(value)])),
    strict: strict === true,
    whole_steps: whole === true,
    rows,
  }
}

/** Leaves out what is empty, so that its default applies. */
const filled = (entries: Json): Json => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== '' && value !== undefined && value !== false))
const named = (name: Words) => (name.zh || name.en ? (name.zh === name.en ? name.zh : { zh: name.zh, en: name.en }) : undefined)
/** A count is a JSON integer; what is none is sent as typed, so that the server says what is wrong. */
const whole = (count: string) => (/^\d{1,9}$/.test(count) ? Number(count) : count)

/** Writes the definition that a card stands for. */
export function definitionOf(card: Card): Definition {
  return filled({
    code: card.code,
    name: named(card.name),
    positions: card.positions.length ? card.positions : undefined,
    peer_group: card.peer_group,
    precision: whole(card.precision),
    total_cap: card.total_cap,
    bonus_cap: card.bonus_cap,
    deduction_cap: card.deduction_cap,
    perspectives: card.perspectives.map((p) => filled({ key: p.key, name: named(p.name), items: p.items.map(writtenItem) })),
    adjustments: card.adjustments.length ? card.adjustments.map((a) => filled({ ...a, name: named(a.name) })) : undefined,
    vetoes: card.vetoes.length ? card.vetoes.map((v) => filled({ ...v, name: named(v.name) })) : undefined,
    grades: card.grades.length ? card.grades.map((g) => filled({ ...g })) : undefined,
  })
}

/** An item as the definition has it. */
export function writtenItem(item: Item): Json {
  return filled({
    key: item.key,
    name: named(item.name),
    weight: item.weight,
    source: item.source,
    metric: item.source === 'metric' ? item.metric : '',
    flow: item.source === 'metric' && item.flow,
    missing: item.missing,
    neutral: item.missing === 'neutral' ? item.neutral : '',
    rating: item.source === 'rating'
      ? {
          levels: Object.fromEntries(item.levels.map(({ a, b }) => [a, b])),
          roles: item.roles.map((r) => filled({ ...r, min: whole(r.min) })),
        }
      : undefined,
    survey: item.source === 'survey' ? filled({ ...item.survey, min_count: whole(item.survey.min_count) }) : undefined,
    method: writtenMethod(item),
  })
}

function writtenMethod({ method, source }: Item): Json {
  const values = Object.fromEntries(parameters(method, source).map((name) => [name, name === 'min_peers' ? whole(method.values[name] ?? '') : (method.values[name] ?? '')]))
  const rows = method.rows
  return filled({
    type: method.type,
    ...values,
    strict: method.type === 'steps' && method.strict,
    whole_steps: method.type === 'increments' && method.whole_steps,
    table: method.type === 'steps' ? rows.map(({ a, b }) => filled({ from: a, score: b })) : undefined,
    points: method.type === 'interpolate'
      ? rows.map(({ a, b }) => filled({ x: a, score: b }))
      : method.type === 'deduct' ? Object.fromEntries(rows.map(({ a, b }) => [a, b])) : undefined,
  })
}

/** The methods that fit a source. */
export const methodsOf = (source: Source): readonly MethodType[] =>
  source === 'events'
    ? ['deduct']
    : ['ratio', 'steps', 'interpolate', 'increments', 'efficacy', 'threshold', 'rank', 'relative', 'standard', 'direct'].filter(
        (type) => type !== 'ratio' || source === 'metric') as MethodType[]

/** What a method takes of a metric, where nothing is written. */
export const ofDefault = (type: MethodType) => (['ratio', 'steps', 'interpolate'].includes(type) ? 'attainment' : 'actual')
export const ofValue = (method: Method, source: Source): string =>
  source !== 'metric' || method.type === 'direct' || method.type === 'ratio' || method.type === 'deduct'
    ? (method.type === 'ratio' ? 'attainment' : source === 'metric' ? 'actual' : 'points')
    : method.values.of || ofDefault(method.type)

/** The parameters that are single values, in the order of the form, with what is taken where they are empty. */
const figures: Record<MethodType, Record<string, string>> = {
  ratio: { floor: '0', cap: '100' },
  steps: { below: '0' },
  interpolate: {},
  increments: { from: '', step: '', start: '100', gain: '0', loss: '0', floor: '0', cap: '100' },
  efficacy: { unsatisfactory: '', satisfactory: '', base: '60', span: '40', floor: '0', cap: '100' },
  threshold: { value: '', pass: '100', fail: '0' },
  deduct: { start: '100', floor: '0' },
  rank: { best: '100', worst: '60', min_peers: '1' },
  relative: { floor: '0', cap: '100', min_peers: '1' },
  standard: { mean: '75', sd: '10', floor: '0', cap: '100', min_peers: '1' },
  direct: { floor: '0', cap: '100' },
}

export const figuresOf = (type: MethodType): Readonly<Record<string, string>> => figures[type]

/** The parameters that are choices, for a source. */
export function choicesOf(method: Method, source: Source): string[] {
  const of = ofValue(method, source)
  const names: string[] = []
  if (source === 'metric' && !['ratio', 'direct', 'deduct'].includes(method.type)) names.push('of')
  if (method.type === 'increments' || (source === 'metric' && of === 'attainment')) names.push('direction')
  if (method.type === 'ratio' && method.values.direction === 'lower') names.push('inverse')
  if (['rank', 'relative', 'standard'].includes(method.type)) names.push('order')
  if (method.type === 'threshold') names.push('op')
  return names
}

/** The parameters that a method of a source knows, beside rows and flags. */
export const parameters = (method: Method, source: Source): string[] => [...choicesOf(method, source), ...Object.keys(figures[method.type])]

/** Which parameters are written as x is: a share in percent where the method takes a share. */
export const likeX = ['from', 'step', 'value', 'unsatisfactory', 'satisfactory']
export const isShare = (of: string) => of === 'attainment' || of === 'growth'

/** Another source: a method that does not fit makes place for one that does. */
export function withSource(item: Item, source: Source): Item {
  const fits = methodsOf(source).includes(item.method.type)
  const type: MethodType = source === 'events' ? 'deduct' : source === 'metric' ? 'ratio' : 'direct'
  const values = source === 'metric' ? item.method.values : { ...item.method.values, of: '', direction: item.method.type === 'increments' ? (item.method.values.direction ?? '') : '' }
  return { ...item, source, method: fits ? { ...item.method, values } : { ...noMethod, type } }
}

/** Another method: the parameters that both know stay. */
export const withMethod = (item: Item, type: MethodType): Item => ({
  ...item,
  method: {
    ...item.method, type,
    rows: [item.method.type, type].every((one) => one === 'steps' || one === 'interpolate') ? item.method.rows : firstRows(type),
    values: type === 'threshold' ? { op: '>=', ...item.method.values } : item.method.values,
  },
})

const firstRows = (type: MethodType): Pair[] =>
  type === 'steps' ? [{ a: '0.8', b: '80' }, { a: '1', b: '100' }]
    : type === 'interpolate' ? [{ a: '0.8', b: '60' }, { a: '1', b: '100' }]
      : type === 'deduct' ? [{ a: '', b: '' }] : []

/** A new item of a perspective. */
export const newItem = (key: string): Item => ({
  key, name: { zh: '', en: '' }, weight: '', source: 'metric', metric: '', flow: false, missing: '', neutral: '',
  levels: [{ a: '5', b: '100' }, { a: '4', b: '85' }, { a: '3', b: '70' }, { a: '2', b: '50' }, { a: '1', b: '0' }],
  roles: [{ role: 'manager', weight: '100', min: '', trim: false, required: true }], survey: noSurvey, method: noMethod,
})

/** A scorecard to begin with. */
export const newCard = (code: string): Card => ({
  code, name: { zh: '', en: '' }, positions: [], peer_group: 'bank', precision: '2', total_cap: '100', bonus_cap: '', deduction_cap: '',
  perspectives: [{ key: 'financial', name: { zh: '财务', en: 'Financial' }, items: [newItem('item_1')] }],
  adjustments: [], vetoes: [],
  grades: [{ grade: 'A', min: '90', coefficient: '' }, { grade: 'B', min: '75', coefficient: '' }, { grade: 'C', min: '', coefficient: '' }],
})

/** A key that none of those taken has. */
export function freeKey(stem: string, taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n++) if (!taken.includes(`${stem}_${n}`)) return `${stem}_${n}`
}
