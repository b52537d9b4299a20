import { SearchOutlined } from '@ant-design/icons'
import { Button, Input, Switch } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { defineTexts, useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import { Choice } from './choice'

const texts = defineTexts('filter-bar', {
  filters: { zh: '筛选', en: 'Filters' },
  clear: { zh: '清除筛选', en: 'Clear the filters' },
  any: { zh: '全部', en: 'All' },
  search: { zh: '搜索', en: 'Search' },
})

/** The filters of a list, above it, in the address. `names` are the parameters that "clear" takes away. */
export function FilterBar({ names, children, extra }: { names: readonly string[]; children: ReactNode; extra?: ReactNode }) {
  const say = useTexts(texts)
  const [params, change] = useAddress()
  const set = names.some((name) => params.has(name))
  return (
    <div className="filter-bar" role="search" aria-label={say('filters')}>
      {children}
      {set && <Button type="link" onClick={() => change(Object.fromEntries(names.map((name) => [name, undefined])))}>{say('clear')}</Button>}
      {extra && <div className="filter-extra">{extra}</div>}
    </div>
  )
}

/** A text to search for; it reaches the address when typing pauses or Enter is pressed. */
export function SearchFilter({ name, label, placeholder }: { name: string; label: string; placeholder?: string }) {
  const say = useTexts(texts)
  const [params, change] = useAddress()
  const asked = params.get(name) ?? ''
  const [typed, type] = useState(asked)
  const [seen, see] = useState(asked)
  if (asked !== seen) {
    see(asked)
    type(asked)
  }
  useEffect(() => {
    if (typed === asked) return
    const timer = setTimeout(() => change({ [name]: typed.trim() }), 350)
    return () => clearTimeout(timer)
  }, [typed, asked, change, name])
  return (
    <label className="filter">
      <span>{label}</span>
      <Input.Search allowClear value={typed} placeholder={placeholder} enterButton={false} searchIcon={<SearchOutlined aria-label={say('search')} />}
        onChange={(event) => type(event.target.value)} onSearch={(value) => change({ [name]: value.trim() })} />
    </label>
  )
}

/** One of several values; none means all. */
export function ChoiceFilter({ name, label, options }: { name: string; label: string; options: readonly { value: string; label: string }[] }) {
  const say = useTexts(texts)
  const [params, change] = useAddress()
  return (
    <label className="filter">
      <span>{label}</span>
      <Choice aria-label={label} value={params.get(name) ?? ''} className="filter-choice"
        onChange={(value) => change({ [name]: value })} options={[{ value: '', label: say('any') }, ...options]} />
    </label>
  )
}

/** On, it narrows the list to what the label says. */
export function SwitchFilter({ name, label }: { name: string; label: string }) {
  const [params, change] = useAddress()
  return (
    <label className="filter-switch">
      <Switch checked={params.get(name) === 'true'} aria-label={label} onChange={(on) => change({ [name]: on ? 'true' : undefined })} />
      {label}
    </label>
  )
}
