import dayjs from 'dayjs'
import { type Language, currentLanguage } from '../text'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A day: `2026-07-31`, or `31 Jul 2026`. */
export function day(text: string | undefined, language: Language = currentLanguage()): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '')
  if (!match) return text ?? ''
  const [, year, month, date] = match
  return language === 'zh' ? `${year}-${month}-${date}` : `${Number(date)} ${months[Number(month) - 1]} ${year}`
}

/** A period by its code: `2026年7月`, or `Jul 2026`; other codes as they are. */
export function period(code: string, language: Language = currentLanguage()): string {
  const match = /^(\d{4})-(\d{2})$/.exec(code)
  if (!match) return code
  const [, year, month] = match
  return language === 'zh' ? `${year}年${Number(month)}月` : `${months[Number(month) - 1]} ${year}`
}

/** An instant in the browser's zone, to the minute. */
export function instant(text: string | undefined, language: Language = currentLanguage()): string {
  if (!text) return ''
  const at = dayjs(text)
  return `${day(at.format('YYYY-MM-DD'), language)} ${at.format('HH:mm')}`
}

/** An instant to the second with its zone, for the record: `2026-10-31 09:12:07 +08:00`. */
export function instantExact(text: string | undefined, language: Language = currentLanguage()): string {
  if (!text) return ''
  const at = dayjs(text)
  return `${day(at.format('YYYY-MM-DD'), language)} ${at.format('HH:mm:ss Z')}`
}
