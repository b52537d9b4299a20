import { PersonName } from '@/components/content'
import { latin } from '@/lib/format'

/** A name that may be missing, as text. */
export const nameOf = (name: string | undefined, pinyin: string | undefined): string | undefined => (name === undefined ? undefined : latin({ name, pinyin }))

/** Who reviewed: the name, where it may be known, and the staff number. */
export function Rater({ name, pinyin, no }: { name: string | undefined; pinyin: string | undefined; no: string }) {
  return <><PersonName person={{ name, pinyin }} /> {no}</>
}
