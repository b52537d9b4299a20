import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Language, currentLanguage, marked } from './language'

/** One text in both languages; `{name}` and ICU plurals as in `{n, plural, one {# row} other {# rows}}`. */
export type Both = Record<Language, string>

/** The texts of a part of the product, under a name of their own. */
export interface Texts<Key extends string> {
  readonly namespace: string
  readonly words: Record<Key, Both>
}

export type Values = Record<string, string | number>
export type Say<Key extends string> = (key: Key, values?: Values) => string

/** Makes texts known. A key that lacks a language does not compile. */
export function defineTexts<Key extends string>(namespace: string, words: Record<Key, Both>): Texts<Key> {
  for (const language of ['zh', 'en'] as const) {
    const resources = Object.fromEntries(Object.entries<Both>(words).map(([key, both]) => [key, both[language]]))
    i18next.addResourceBundle(language, namespace, resources, true, true)
  }
  return { namespace, words }
}

/** Says the texts in the user's language, and again when that changes. */
export function useTexts<Key extends string>(texts: Texts<Key>): Say<Key> {
  const { t } = useTranslation(texts.namespace)
  return (key, values) => t(key, { ...values })
}

/** Says a text outside of a component. */
export const say = <Key extends string>(texts: Texts<Key>, key: Key, values?: Values): string =>
  i18next.t(key, { ns: texts.namespace, ...values })

/** A text of the product that stands somewhere as a pair, such as the name of a page. */
export const words = (text: Both): string => marked(text[currentLanguage()])

/** A text of the bank's own content, such as the name of an item; Chinese where there is no English. */
export const content = (text: { zh?: string; en?: string } | undefined): string =>
  (currentLanguage() === 'en' ? text?.en || text?.zh : text?.zh || text?.en) ?? ''

/** In which language a text stands that is not the page's: such as, in an English page, the name of a unit that has a Chinese one alone. */
export const foreign = (text: string | undefined): 'zh-CN' | undefined =>
  currentLanguage() === 'en' && /\p{Script=Han}/u.test(text ?? '') ? 'zh-CN' : undefined

/** The user's language, followed by the component. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'zh' ? 'zh' : 'en'
}
