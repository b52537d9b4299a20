import { useQuery } from '@tanstack/react-query'
import { type Schema, api, once } from '@/lib/api'
import { content, say } from '@/lib/text'
import { texts } from './texts'

export type Upload = Omit<Schema<'ImportUpload'>, 'file'> & { file: File }

/** Hands a file in; the job checks it or writes it. */
export async function upload(what: Upload): Promise<Schema<'Job'>> {
  const made = await api.POST('/imports', {
    params: { header: { ...once(), 'X-Requested-With': 'steelyard' } },
    body: what as unknown as Schema<'ImportUpload'>,
    bodySerializer: () => {
      const form = new FormData()
      for (const [name, value] of Object.entries(what)) {
        if (value instanceof File) form.append(name, value)
        else if (value !== undefined && value !== '' && value !== false) form.append(name, String(value))
      }
      return form
    },
  })
  return made.data as Schema<'Job'>
}

/** What an import counted. */
export interface Counts {
  new: number
  changed: number
  unchanged: number
  withdrawn: number
  wrong: number
  batch?: number
}

/** Reads the counts of a job's result: that of an import. */
export function countsOf(result: Record<string, unknown> | undefined): Counts | undefined {
  if (!result) return undefined
  const n = (name: string) => (typeof result[name] === 'number' ? result[name] : 0)
  return { new: n('new'), changed: n('changed'), unchanged: n('unchanged'), withdrawn: n('withdrawn'), wrong: n('wrong'), batch: n('batch') || undefined }
}

/** The kinds of file there are, and which of them this user may import. */
export const useImportKinds = () =>
  useQuery({ queryKey: ['import-kinds'], staleTime: Infinity, queryFn: async () => (await api.GET('/import-kinds')).data?.items ?? [] })

/** What a kind of file is called at the head of a field or a row; the server's words are those of a sentence. */
export function kindName(name: Schema<'Text'> | undefined): string {
  const words = content(name)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Batches that no file brings: steps of the month, and the undoing of others. */
const own = { period: 'k_period', undo: 'k_undo', reviews: 'k_reviews', rubrics: 'k_rubrics', reviewers: 'k_reviewers' } as const

/** What a batch is of, in words; its code where there are none. */
export function batchKind(kind: string, kinds: readonly Schema<'ImportKind'>[] | undefined): string {
  return kindName(kinds?.find((k) => k.kind === kind)?.name) || (kind in own ? say(texts, own[kind as keyof typeof own]) : kind)
}
