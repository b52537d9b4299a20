import { type Named, latin } from '@/lib/format'
import { content, foreign, useLanguage } from '@/lib/text'

/** A text of the bank's own content; one that has not been translated says in which language it is. */
export function Content({ of: text }: { of: { zh?: string; en?: string } | undefined }) {
  const language = useLanguage()
  const foreign = text && !text[language]
  return foreign ? <span lang={language === 'en' ? 'zh-CN' : 'en'}>{content(text)}</span> : <>{content(text)}</>
}

/** What the bank calls something in one language alone, such as a unit or a position. */
export function Own({ text }: { text: string | undefined }) {
  useLanguage()
  const lang = foreign(text)
  return lang ? <span lang={lang}>{text}</span> : <>{text}</>
}

/** A person's name: in English in Latin letters, with the Chinese name beside it. Who has none, such as a user who is not of the staff, has nothing. */
export function PersonName({ person: { name, pinyin } }: { person: Partial<Named> }) {
  const language = useLanguage()
  if (name === undefined) return null
  if (language === 'zh' || !pinyin) return <span lang="zh-CN">{name}</span>
  return <>{latin({ name, pinyin })} <span className="muted" lang="zh-CN">{name}</span></>
}
