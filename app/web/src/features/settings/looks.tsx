import { Radio, Switch } from 'antd'
import { useId } from 'react'
import { settingsTexts } from './texts'
import { Section } from '@/components/page'
import { type Preferences, setPreferences, usePreferences } from '@/lib/preferences'
import { type Language, languages, setLanguage, useLanguage, useTexts } from '@/lib/text'

function Choice<Value extends string>({ label, value, options, onChange }: {
  label: string
  value: Value
  options: readonly { value: Value; label: string; lang?: string }[]
  onChange: (value: Value) => void
}) {
  const id = useId()
  return (
    <div className="settings-choice">
      <span id={id}>{label}</span>
      <Radio.Group aria-labelledby={id} optionType="button" value={value} onChange={(event) => onChange(event.target.value as Value)}>
        {options.map((option) => <Radio.Button key={option.value} value={option.value}><span lang={option.lang}>{option.label}</span></Radio.Button>)}
      </Radio.Group>
    </div>
  )
}

/** Language, colours, rows and keys; what is changed applies at once. */
export function Looks() {
  const say = useTexts(settingsTexts)
  const language = useLanguage()
  const { theme, density, tabMovesInGrids } = usePreferences()
  const tab = useId()
  return (
    <Section title={say('looks')}>
      <Choice<Language> label={say('language')} value={language} onChange={setLanguage}
        options={(['zh', 'en'] as const).map((value) => ({ value, label: languages[value].name, lang: languages[value].tag }))} />
      <Choice<Preferences['theme']> label={say('theme')} value={theme} onChange={(value) => setPreferences({ theme: value })}
        options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: say(value) }))} />
      <Choice<Preferences['density']> label={say('density')} value={density} onChange={(value) => setPreferences({ density: value })}
        options={(['default', 'dense'] as const).map((value) => ({ value, label: say(value) }))} />
      <div className="settings-switch">
        <Switch id={tab} checked={tabMovesInGrids} onChange={(value) => setPreferences({ tabMovesInGrids: value })} aria-describedby={`${tab}-what`} />
        <label htmlFor={tab}>{say('tab')}</label>
        <p id={`${tab}-what`} className="muted">{say('tabWhat')}</p>
      </div>
      <p className="muted">{say('kept')}</p>
    </Section>
  )
}
