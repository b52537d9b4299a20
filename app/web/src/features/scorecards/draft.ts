import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { type Schema, api, isProblem, queries } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useLanguage } from '@/lib/text'
import type { Version } from './data'
import { useHistory } from './history'
import { type Kept, forget, keep, readKept } from './kept'
import { type Card, cardOf, definitionOf, newCard } from './model'
import { useSettled } from './settled'

/** What was saved last: its words, and the digest by which nobody's draft is overwritten unseen. */
interface Saved { words: string; sha256: string | undefined; at: string | undefined }

const wordsOf = (card: Card) => JSON.stringify(definitionOf(card))

/** A scorecard being edited: its steps, what of it is saved, and saving it. */
export function useDraft(code: string, version: Version | undefined, readOnly: boolean) {
  const { me } = useSession()
  const [first] = useState(() => (version?.definition ? cardOf(version.definition) : newCard(code)))
  const history = useHistory(first)
  const [saved, save] = useState<Saved>(() => ({
    words: version ? wordsOf(first) : '', sha256: version?.state === 'draft' ? version.sha256 : undefined, at: undefined,
  }))
  const [error, fail] = useState<unknown>()
  const [busy, work] = useState(false)
  const words = useMemo(() => wordsOf(history.now), [history.now])
  const dirty = !readOnly && words !== saved.words && (saved.words !== '' || history.canUndo)
  const [lost, lose] = useState<Kept | undefined>(() => {
    const kept = readOnly ? undefined : readKept(me.username, code)
    return kept && JSON.stringify(kept.definition) !== words ? kept : undefined
  })
  useKeeping(me.username, code, words, dirty, lost !== undefined || readOnly)
  const put = async (sha256 = saved.sha256): Promise<boolean> => {
    work(true)
    fail(undefined)
    try {
      const { data } = await api.PUT('/scorecards/{scorecard}/draft', { params: { path: { scorecard: code } }, body: { definition: definitionOf(history.now), sha256 } })
      save({ words, sha256: data?.sha256, at: new Date().toISOString() })
      forget(me.username, code)
      await Promise.all([queries.invalidateQueries({ queryKey: ['scorecard', code] }), queries.invalidateQueries({ queryKey: ['scorecards'] })])
      return true
    } catch (caught) {
      fail(caught)
      return false
    } finally {
      work(false)
    }
  }
  const theirs = isProblem(error, 'scorecard.old_version') ? error : undefined
  return {
    ...history, dirty, saved, busy, error, lost, words,
    put: () => put(),
    /** Writes over what somebody else has saved meanwhile. */
    overwrite: () => put(typeof theirs?.current?.sha256 === 'string' ? theirs.current.sha256 : undefined),
    loadTheirs: async () => {
      const { data } = await api.GET('/scorecards/{scorecard}/versions', { params: { path: { scorecard: code }, query: { limit: 1 } } })
      const newest = data?.items[0]
      if (!newest) return
      const read = await api.GET('/scorecards/{scorecard}/versions/{number}', { params: { path: { scorecard: code, number: newest.number } } })
      const card = cardOf(read.data?.definition ?? {})
      history.edit(card)
      save({ words: wordsOf(card), sha256: newest.state === 'draft' ? newest.sha256 : undefined, at: undefined })
      fail(undefined)
      await queries.invalidateQueries({ queryKey: ['scorecard', code] })
    },
    restore: () => {
      if (lost) history.edit(cardOf(lost.definition))
      lose(undefined)
    },
    drop: () => {
      forget(me.username, code)
      lose(undefined)
    },
    forget: () => forget(me.username, code),
  }
}

/** Keeps unsaved words in the browser while there are any. */
function useKeeping(user: string, code: string, words: string, dirty: boolean, paused: boolean) {
  const settled = useSettled(words, 400)
  useEffect(() => {
    if (paused) return
    if (dirty) keep(user, code, JSON.parse(settled) as Record<string, unknown>)
    else forget(user, code)
  }, [user, code, settled, dirty, paused])
}

/** What the server finds in a definition; the last answer stays while the next is worked out. */
export function useFindings(words: string) {
  const language = useLanguage()
  const settled = useSettled(words, 250)
  const query = useQuery({
    queryKey: ['scorecard-check', settled, language],
    queryFn: async () =>
      (await api.POST('/scorecard-checks', { body: { definition: JSON.parse(settled) as Record<string, unknown> } })).data as Schema<'ScorecardFindings'>,
    placeholderData: keepPreviousData,
  })
  return { findings: query.data?.findings ?? [], sum: query.data?.weight_sum, valid: query.data?.valid, pending: settled !== words || query.isPlaceholderData || query.isPending, error: query.error }
}
