import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { Dumbbell, Waterfall } from '@/components/charts'
import {
  type Explanation, costly, counting, explanationTexts, figuresOf, gradeMarks, itemOf, summaryOf, totalSteps, useUnits,
} from '@/components/explanation'
import { LinkButton } from '@/components/link-button'
import { Page, Section } from '@/components/page'
import { Empty, Failure, Loading, ProblemText } from '@/components/states'
import { type Schema, api } from '@/lib/api'
import { period as periodName, score } from '@/lib/format'
import { content, useLanguage, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { useMine } from './mine'
import { texts } from './texts'
import { TrialInputs } from './trial-inputs'
import { changesOf } from './trial'
import './me.css'

type Outcome = Schema<'WhatIfOutcome'>
const prefix = 'try.'

/** What other figures would give: nothing of it counts, and nothing is kept but the address. */
export function WhatIfPage() {
  const say = useTexts(texts)
  const mine = useMine()
  const found = mine.explanation
  return (
    <Page title={say('whatIfTitle')} lead={found && say('whatIfLead', { period: periodName(found.period) })}
      actions={found && <LinkButton to={`/me/scorecard?period=${found.period}`}>{say('title')}</LinkButton>}>
      {mine.error ? <Failure error={mine.error} onRetry={mine.retry} />
        : mine.loading ? <Loading rows={10} />
          : found && figuresOf(found).status === 'complete' ? <Trial explanation={found} /> : <Empty title={say('never')}>{say('neverHow')}</Empty>}
    </Page>
  )
}

/** What is typed, from the address and back into it a moment after the last key. */
function useTyped(): [ReadonlyMap<string, string>, (key: string, value: string | undefined) => void, () => void] {
  const [params, change] = useAddress()
  const [typed, type] = useState<ReadonlyMap<string, string>>(
    () => new Map([...params].flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : []))),
  )
  useEffect(() => {
    const timer = setTimeout(() => {
      const now = Object.fromEntries([...params.keys()].filter((name) => name.startsWith(prefix)).map((name) => [name, undefined as string | undefined]))
      for (const [key, value] of typed) now[prefix + key] = value
      if (Object.entries(now).some(([name, value]) => (params.get(name) ?? undefined) !== value)) change(now)
    }, 350)
    return () => clearTimeout(timer)
  }, [typed, params, change])
  const set = (key: string, value: string | undefined) => {
    const next = new Map(typed)
    if (value === undefined) next.delete(key)
    else next.set(key, value)
    type(next)
  }
  return [typed, set, () => type(new Map())]
}

/** A value once it has rested for a moment. */
function useRested<T>(value: T, after: number): T {
  const [rested, rest] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => rest(value), after)
    return () => clearTimeout(timer)
  }, [value, after])
  return rested
}

function Trial({ explanation }: { explanation: Explanation }) {
  const say = useTexts(texts)
  const language = useLanguage()
  const units = useUnits()
  const [typed, set, clear] = useTyped()
  const asked = JSON.stringify(changesOf(explanation, typed))
  const rested = useRested(asked, 300)
  const trial = useQuery({
    queryKey: ['what-if', explanation.period, explanation.staff_no, rested, language],
    enabled: rested !== '[]',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await api.POST('/periods/{period}/results/{staff_no}/what-if', {
      params: { path: { period: explanation.period, staff_no: explanation.staff_no } },
      body: { changes: JSON.parse(rested) as Schema<'WhatIf'>['changes'] }, signal,
    })).data as Outcome,
  })
  const after = rested === '[]' ? explanation : (trial.data?.after ?? explanation)
  return (
    <div className="trial">
      <p className="trial-mark" role="note">{say('watermark')}</p>
      <Totals before={explanation} after={after} working={trial.isFetching} />
      {trial.error && <Alert type="error" showIcon title={<ProblemText error={trial.error} />} />}
      <div className="trial-columns">
        <Section title={say('inputs')} extra={typed.size > 0 && <Button onClick={clear}>{say('resetAll')}</Button>}>
          <TrialInputs explanation={explanation} typed={typed} units={units} onType={set} />
        </Section>
        <div className="trial-outcome">
          <Section title={say('gaps')}><Gaps explanation={after} /></Section>
          <div className="section"><Compared before={explanation} after={after} /></div>
        </div>
      </div>
      <div className="trial-columns">
        <div className="section"><Outcomes name="before" title={say('before')} explanation={explanation} /></div>
        <div className="section"><Outcomes name="after" title={say('after')} explanation={after} /></div>
      </div>
    </div>
  )
}

function Totals({ before, after, working }: { before: Explanation; after: Explanation; working: boolean }) {
  const say = useTexts(texts)
  return (
    <div className="trial-totals" role="status" aria-busy={working}>
      <dl className="tiles">
        <div className="tile"><dt>{say('totalBefore')}</dt><dd>{score(figuresOf(before).total)}</dd></div>
        <div className="tile"><dt>{say('totalAfter')}</dt><dd>{score(figuresOf(after).total)}</dd></div>
        <div className="tile"><dt>{say('gradeAfter')}</dt><dd>{figuresOf(after).grade ?? '—'}</dd></div>
      </dl>
    </div>
  )
}

/** Where points can be gained, the most first. */
function Gaps({ explanation }: { explanation: Explanation }) {
  const say = useTexts(texts)
  const gaps = costly(explanation)
  const [, change] = useAddress()
  if (gaps.length === 0) return <p>{say('gapsNone')}</p>
  const go = (key: string) => {
    change({ focus: key })
    document.getElementById(`try-${key}`)?.focus()
  }
  return (
    <table className="figures">
      <thead>
        <tr><th scope="col">{say('item')}</th><th scope="col" className="numeric">{say('scoreNow')}</th><th scope="col" className="numeric">{say('gapPoints')}</th></tr>
      </thead>
      <tbody>
        {gaps.map(({ key, item }) => (
          <tr key={key}>
            <th scope="row"><button type="button" className="link" onClick={() => go(key)} aria-label={say('gapsTry', { name: content(item.name) })}>{content(item.name)}</button></th>
            <td className="numeric">{score(item.score)}</td>
            <td className="numeric strong">{score(item.lost)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Compared({ before, after }: { before: Explanation; after: Explanation }) {
  const say = useTexts(texts)
  const pairs = useMemo(() => counting(before).flatMap(({ segment, at }) => segment.items.map((item) => {
    const key = `${at}.${item.item}`
    return { key, label: content(item.name), before: item.points, after: itemOf(after, key)?.item.points }
  })), [before, after])
  return <Dumbbell name="compare" title={say('itemsCompared')} summary={say('itemsCompared')} head={say('item')} pairs={pairs} />
}

function Outcomes({ name, title, explanation }: { name: string; title: string; explanation: Explanation }) {
  const say = useTexts(explanationTexts)
  return <Waterfall name={name} title={title} summary={summaryOf(explanation, say)} steps={totalSteps(explanation, say)} marks={gradeMarks(explanation)} />
}
