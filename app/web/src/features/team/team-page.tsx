import { Button } from 'antd'
import { HeatKey, StackedBar } from '@/components/charts'
import { ExportView } from '@/components/export-view'
import { ChoiceFilter, FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/link-button'
import { NoResults } from '@/components/no-results'
import { Page, Section } from '@/components/page'
import { SavedViews } from '@/components/saved-views'
import { Empty, Failure, Loading } from '@/components/states'
import { type Schema, api, isProblem, usePaged } from '@/lib/api'
import { useContextBar } from '@/lib/context'
import { count, period as periodName } from '@/lib/format'
import { type Say, useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { useQuery } from '@tanstack/react-query'
import { HeatMap } from './heat-map'
import { MemberPanel } from './member-panel'
import { type Card, type Row, cardsOf, gradesOf } from './model'
import { texts } from './texts'
import './team.css'

type ItemPage = Schema<'ItemResultPage'>
const perPage = 200

/** The names of the scorecards by code. */
function useCards(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['scorecards', 'names'],
    staleTime: 300_000,
    queryFn: async () => (await api.GET('/scorecards', { params: { query: { limit: 100 } } })).data?.items ?? [],
  })
  const language = useLanguage()
  return new Map(data?.map((card) => [card.code, (card.name && (language === 'zh' ? card.name.zh : card.name.en)) || card.code]))
}

/** How everybody of a unit stands, item by item. */
export function TeamPage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const { period, unit } = useContextBar()
  const [params, change] = useAddress()
  const cards = useCards()
  const scorecard = params.get('scorecard') ?? undefined
  const sort = params.get('sort') ?? undefined
  const query = { unit, scorecard, sort }
  const first = useQuery({
    queryKey: ['item-results', 'run', period, unit],
    enabled: period !== undefined,
    queryFn: async () => (await api.GET('/periods/{period}/item-results', { params: { path: { period: period ?? '' }, query: { unit, limit: 1 } } })).data as ItemPage,
  })
  const list = usePaged<Row>(['item-results', period, query, language], async (cursor) => (
    await api.GET('/periods/{period}/item-results', { params: { path: { period: period ?? '' }, query: { ...query, limit: perPage, cursor } } })
  ).data as ItemPage, period !== undefined)
  const none = isProblem(list.error) && list.error.status === 404
  const run = first.data?.run
  const groups = cardsOf(list.rows ?? [])
  const lead = period && run !== undefined && say('lead', { period: periodName(period), run, state: say(first.data?.published ? 'published' : 'notPublished') })
  const show = (person: string, why?: string) => change({ person, why, tab: undefined }, { push: true })
  return (
    <Page title={say('title')} lead={lead}
      actions={period && !none && <>
        <SavedViews page="team" />
        <ExportView list="team" period={period} query={query} total={list.total} columns={columnsOf(groups, say)} />
        <LinkButton to={`/print/team/${period}${unit ? `?unit=${encodeURIComponent(unit)}` : ''}`}>{say('printTeam')}</LinkButton>
      </>}>
      {none ? <NoResults period={period ?? ''} /> : list.error && !list.rows ? <Failure error={list.error} onRetry={() => void list.refetch()} />
        : !list.rows ? <Loading rows={12} /> : (
          <>
            <Tiles rows={list.rows} total={list.total} />
            <FilterBar names={['scorecard']}>
              <ChoiceFilter name="scorecard" label={say('scorecardFilter')} options={[...cards].map(([value, label]) => ({ value, label }))} />
            </FilterBar>
            {list.rows.length === 0 && <Empty title={say('empty')} />}
            {groups.map((card) => {
              const title = say('heatOf', { name: cards.get(card.code) ?? card.code, n: card.rows.length })
              return (
                <Section key={card.code} title={title} extra={<HeatKey />}>
                  <HeatMap card={card} label={title} onPerson={(person) => show(person)} onCell={(person, item) => show(person, `main.${item}`)} />
                </Section>
              )
            })}
            {list.rows.length > 0 && <p className="muted">{say('heatHint')}</p>}
            {list.hasMore && <Button loading={list.loadingMore} onClick={() => void list.loadMore()}>{say('more', { shown: list.rows.length, total: list.total ?? 0 })}</Button>}
          </>
        )}
      <MemberPanel period={period} person={params.get('person') ?? undefined} />
    </Page>
  )
}

/** The columns of the maps: whose scores they are, the outcome, and every item once. */
function columnsOf(groups: readonly Card[], say: Say<keyof (typeof texts)['words']>): { name: string; title: string }[] {
  const fixed = (['name', 'staff_no', 'total', 'grade'] as const).map((name) => ({ name, title: say(name) }))
  const card = groups.length > 1 ? [{ name: 'scorecard', title: say('scorecardFilter') }] : []
  const items = new Map(groups.flatMap((group) => group.items.map((item) => [item.key, item.name])))
  return [...card, ...fixed, ...[...items].map(([key, title]) => ({ name: `item:${key}`, title }))]
}

/** How many there are, and how many have each grade. */
function Tiles({ rows, total }: { rows: readonly Row[]; total: number | undefined }) {
  const say = useTexts(texts)
  const grades = gradesOf(rows, say('ungraded'))
  const complete = rows.filter((row) => row.result.status === 'complete').length
  return (
    <div className="team-head">
      <dl className="tiles">
        <div className="tile"><dt>{say('people')}</dt><dd>{count(total ?? rows.length)}</dd></div>
        <div className="tile"><dt>{say('complete')}</dt><dd>{`${count(complete)} / ${count(rows.length)}`}</dd></div>
        {grades.slice(0, 2).map((grade) => <div key={grade.key} className="tile"><dt>{say('gradeCount', { grade: grade.label })}</dt><dd>{grade.text}</dd></div>)}
      </dl>
      <div className="section">
        <StackedBar name="grades" title={say('distribution')} heads={[say('grade'), say('people')]} parts={grades}
          summary={say('distributionSummary', { parts: grades.map((grade) => say('gradePeople', { grade: grade.label, n: grade.text })).join('') })} />
      </div>
    </div>
  )
}

