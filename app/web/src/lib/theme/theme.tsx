import { CalendarOutlined, CloseCircleFilled, DownOutlined, RightOutlined } from '@ant-design/icons'
import { ConfigProvider, App as Feedback, theme as algorithms } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, createContext, use, useEffect, useSyncExternalStore } from 'react'
import { defineTexts, useLanguage, useTexts } from '../text'
import { usePreferences } from '../preferences'
import { nonce } from './nonce'
import { type Scheme, properties, tokens } from './tokens'

const Context = createContext<Scheme>('light')

/** The colour scheme in force. */
export const useScheme = (): Scheme => use(Context)

const dark = window.matchMedia('(prefers-color-scheme: dark)')
const still = window.matchMedia('(prefers-reduced-motion: reduce)')

function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => query.matches,
  )
}

const texts = defineTexts('theme', { fold: { zh: '收起', en: 'Fold' }, unfold: { zh: '展开', en: 'Unfold' } })

/** Language, colours and density for everything below. */
export function Theme({ children }: { children: ReactNode }) {
  const language = useLanguage()
  const say = useTexts(texts)
  const { theme } = usePreferences()
  const systemDark = useMedia(dark)
  const reduced = useMedia(still)
  const scheme: Scheme = theme === 'system' ? (systemDark ? 'dark' : 'light') : theme
  useEffect(() => {
    const { style } = document.documentElement
    style.colorScheme = scheme
    for (const [name, colour] of Object.entries(properties[scheme])) style.setProperty(name, colour)
  }, [scheme])
  useEffect(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  }, [language])
  const base = tokens(scheme)
  return (
    <Context value={scheme}>
      <ConfigProvider
        csp={nonce ? { nonce } : undefined}
        locale={language === 'zh' ? zh : en}
        button={{ autoInsertSpace: false }}
        select={{ suffixIcon: <DownOutlined aria-hidden />, clearIcon: <CloseCircleFilled aria-hidden /> }}
        datePicker={{ suffixIcon: <CalendarOutlined aria-hidden />, clearIcon: <CloseCircleFilled aria-hidden /> }}
        collapse={{ expandIcon: ({ isActive }) => <RightOutlined aria-label={say(isActive ? 'fold' : 'unfold')} rotate={isActive ? 90 : 0} /> }}
        theme={{
          ...base,
          algorithm: scheme === 'dark' ? algorithms.darkAlgorithm : algorithms.defaultAlgorithm,
          token: { ...base.token, motion: !reduced },
        }}
      >
        <Feedback>{children}</Feedback>
      </ConfigProvider>
    </Context>
  )
}
