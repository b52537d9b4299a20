import { currentLanguage } from '../text'

/** Somebody whose name the API gives, in Latin letters too where it is Chinese. */
export interface Named {
  name: string
  pinyin?: string
}

/** A name as text: in English in Latin letters, surname first. */
export const latin = ({ name, pinyin }: Named): string => (currentLanguage() === 'en' && pinyin ? pinyin : name)
