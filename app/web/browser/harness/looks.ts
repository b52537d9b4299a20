import type { Look } from './test'

export const wide = { width: 1366, height: 768 }
const narrow = { width: 390, height: 844, phone: true }

/** Every pair of language, theme and width occurs in these four. */
const pairwise: readonly Partial<Look>[] = [
  { language: 'zh', theme: 'light', ...wide },
  { language: 'en', theme: 'dark', ...wide },
  { language: 'zh', theme: 'dark', ...narrow },
  { language: 'en', theme: 'light', ...narrow },
]

/** Every combination. */
export const everyLook: readonly Partial<Look>[] = (['zh', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => [wide, narrow].map((size) => ({ language, theme, ...size }))))

/** Whether everything is looked at in every way, and whole. */
export const all = process.env.STEELYARD_AXE === 'all'

/** The looks in which the nth thing is looked at: all where `make axe` asks for it, else one after the other. */
export const looksOf = (n: number): readonly Partial<Look>[] =>
  all ? everyLook : pairwise.slice(n % 4, (n % 4) + 1)

export const lookName = (look: Partial<Look>): string => `${look.language}-${look.theme}-${look.width}`
