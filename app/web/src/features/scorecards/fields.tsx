import { Checkbox, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { Choice } from '@/components/choice'
import { useTexts } from '@/lib/text'
import { narrow, shift } from './decimal'
import type { Path } from './history'
import { designerTexts } from './designer.texts'
import { useDesigner } from './designer.state'

/** The place of a value as the server names it, by which a finding leads to its field. */
export const pointer = (path: Path): string => `/${path.filter((part) => part !== 'values').join('/')}`

interface Common {
  label: string
  path: Path
  value: string
  placeholder?: string
  suffix?: ReactNode
  disabled?: boolean
}

function Frame({ label, path, children }: { label: string; path: Path; children: ReactNode }) {
  const { worst } = useDesigner()
  const place = pointer(path)
  return <label className={`rule-field ${worst(place) ?? ''}`} data-place={place}><span>{label}</span>{children}</label>
}

/** A text. */
export function TextField({ label, path, value, placeholder, disabled }: Common) {
  const { set, readOnly } = useDesigner()
  return (
    <Frame label={label} path={path}>
      <Input value={value} placeholder={placeholder} disabled={disabled} readOnly={readOnly} maxLength={200} onChange={(event) => set(path, event.target.value)} />
    </Frame>
  )
}

/** A figure; with `share` it is shown in percent and kept as a share. */
export function NumberField({ label, path, value, placeholder, suffix, share, bare, disabled }: Common & { share?: boolean; bare?: boolean }) {
  const { set, readOnly, worst } = useDesigner()
  const [typed, type] = useState<string>()
  const kept = (text: string) => (share ? shift(text, -2) : text.trim())
  // What was typed stays as it is until another step, such as undoing, gives the field another value.
  const shown = typed !== undefined && kept(typed) === value ? typed : share ? shift(value, 2) : value
  const change = (text: string) => {
    const next = narrow(text)
    type(next)
    set(path, kept(next))
  }
  const input = (
    <Input className="figure" inputMode="decimal" value={shown} aria-label={label} aria-invalid={worst(pointer(path)) === 'error' || undefined} placeholder={share && placeholder ? shift(placeholder, 2) : placeholder}
      suffix={suffix ?? (share ? '%' : undefined)} disabled={disabled} readOnly={readOnly} maxLength={24}
      onChange={(event) => change(event.target.value)} onBlur={() => type(undefined)} data-place={bare ? pointer(path) : undefined} />
  )
  return bare ? input : <Frame label={label} path={path}>{input}</Frame>
}

/** One of several. */
export function ChoiceField({ label, path, value, options, onChange, disabled }: Omit<Common, 'placeholder' | 'suffix'> & {
  options: readonly { value: string; label: string }[]
  onChange?: (value: string) => void
}) {
  const { set, readOnly } = useDesigner()
  return (
    <Frame label={label} path={path}>
      <Choice aria-label={label} value={value} options={[...options]} disabled={disabled ?? readOnly}
        onChange={(to) => (onChange ? onChange(to) : set(path, to))} />
    </Frame>
  )
}

/** Yes or no. */
export function FlagField({ label, path, value }: { label: string; path: Path; value: boolean }) {
  const { set, readOnly } = useDesigner()
  return <Checkbox checked={value} disabled={readOnly} onChange={(event) => set(path, event.target.checked)}>{label}</Checkbox>
}

/** A name in both languages. */
export function NameFields({ path, value }: { path: Path; value: { zh: string; en: string } }) {
  const say = useTexts(designerTexts)
  return (
    <>
      <TextField label={say('nameZh')} path={[...path, 'zh']} value={value.zh} />
      <TextField label={say('nameEn')} path={[...path, 'en']} value={value.en} />
    </>
  )
}
