export { type Language, currentLanguage, followLanguage, languages, setLanguage } from './language'
export { type Both, type Say, type Texts, type Values, content, defineTexts, foreign, say, useLanguage, useTexts, words } from './text'
