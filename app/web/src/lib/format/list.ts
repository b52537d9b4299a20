import { type Language, currentLanguage } from '../text'

/** Several things in one line, as the language counts them up. */
export const listed = (things: readonly string[], language: Language = currentLanguage()): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(things)
