import i18next from 'i18next'
import ICU from 'i18next-icu'
import { initReactI18next } from 'react-i18next'

export type Language = 'zh' | 'en'

/** The languages with what `<html lang>` and dates call them. */
export const languages: Record<Language, { tag: string; name: string }> = {
  zh: { tag: 'zh-CN', name: '中文' },
  en: { tag: 'en', name: 'English' },
}

const kept = 'steelyard.language'

/** The language of the last visit, else the browser's. */
function preferred(): Language {
  const asked = localStorage.getItem(kept)
  if (asked === 'zh' || asked === 'en') return asked
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/**
 * In the pseudo language every word is marked and a third longer: a text that is
 * not marked was never translated, one that is cut has too little room.
 */
export const marked = (text: string): string =>
  sessionStorage.getItem('steelyard.pseudo') ? `⟦${text}${'·'.repeat(Math.ceil(text.length * 0.3))}⟧` : text

const pseudo = { type: 'postProcessor' as const, name: 'pseudo', process: marked }

void i18next
  .use(new ICU())
  .use(pseudo)
  .use(initReactI18next)
  .init({
    lng: preferred(),
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    keySeparator: false,
    react: { useSuspense: false },
    postProcess: ['pseudo'],
  })

/** The language that the user reads now. */
export const currentLanguage = (): Language => (i18next.language === 'zh' ? 'zh' : 'en')

/** Changes the language of the whole page, at once and for the next visit. */
export function setLanguage(language: Language): void {
  localStorage.setItem(kept, language)
  void i18next.changeLanguage(language)
}

/** Tells of every change of the language; what it gives ends that. */
export function followLanguage(changed: () => void): () => void {
  i18next.on('languageChanged', changed)
  return () => i18next.off('languageChanged', changed)
}

function announce(): void {
  document.documentElement.lang = languages[currentLanguage()].tag
}
i18next.on('languageChanged', announce)
announce()
