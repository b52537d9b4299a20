import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { KeyboardEvent } from 'react'
import { content, useTexts } from '@/lib/text'
import { designerTexts } from './designer.texts'
import { useDesigner } from './designer.state'
import { NameFields, NumberField, TextField } from './fields'
import { changed } from './history'
import { freeKey, newItem } from './model'

/** Moves between the weights as between the cells of a sheet. */
function alongWeights(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key]
  if (!step || event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement) || !event.target.closest('.rule-weight')) return
  const fields = [...event.currentTarget.querySelectorAll<HTMLInputElement>('.rule-weight input')]
  const next = fields[fields.indexOf(event.target) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
  next.select()
}

/** The perspectives with their items and weights; one of them is open beside it. */
export function Tree({ at, open }: { at: string; open: (at: string) => void }) {
  const say = useTexts(designerTexts)
  const { card, change, readOnly, worst } = useDesigner()
  return (
    <nav className="rule-tree" aria-label={say('tree')} onKeyDown={alongWeights}>
      <button type="button" className={`rule-node top ${['', '/grades', '/adjustments', '/vetoes', '/positions'].map((place) => place && worst(place)).find(Boolean) ?? ''}`}
        aria-current={at === 'card' ? 'true' : undefined} onClick={() => open('card')}>{say('settings')}</button>
      {card.perspectives.map((perspective, p) => (
        <div key={p} className="rule-branch">
          <button type="button" className="rule-node perspective" aria-current={at === String(p) ? 'true' : undefined} onClick={() => open(String(p))}>
            {content(perspective.name) || perspective.key || say('unnamed')}
          </button>
          {perspective.items.map((item, i) => {
            const name = content(item.name) || item.key || say('unnamed')
            const place = `/perspectives/${p}/items/${i}`
            return (
              <div key={i} className={`rule-item ${worst(place) ?? ''}`}>
                <button type="button" className="rule-node" aria-current={at === `${p}.${i}` ? 'true' : undefined} onClick={() => open(`${p}.${i}`)}>{name}</button>
                <span className="rule-weight">
                  <NumberField bare label={say('weightOf', { name })} path={['perspectives', p, 'items', i, 'weight']} value={item.weight} suffix="%" />
                </span>
              </div>
            )
          })}
          {!readOnly && (
            <Button size="small" type="text" icon={<PlusOutlined aria-hidden />} onClick={() => {
              const key = freeKey('item', card.perspectives.flatMap((one) => one.items.map((item) => item.key)))
              change(changed(card, ['perspectives', p, 'items'], [...perspective.items, newItem(key)]))
              open(`${p}.${perspective.items.length}`)
            }}>{say('addItem')}</Button>
          )}
        </div>
      ))}
      {!readOnly && (
        <Button size="small" type="text" icon={<PlusOutlined aria-hidden />} onClick={() => {
          const key = freeKey('perspective', card.perspectives.map((one) => one.key))
          change(changed(card, ['perspectives'], [...card.perspectives, { key, name: { zh: '', en: '' }, items: [] }]))
          open(String(card.perspectives.length))
        }}>{say('addPerspective')}</Button>
      )}
      {!readOnly && <p className="muted rule-hint">{say('treeHint')}</p>}
    </nav>
  )
}

/** The name of a perspective. */
export function PerspectiveEditor({ p }: { p: number }) {
  const say = useTexts(designerTexts)
  const { card } = useDesigner()
  const perspective = card.perspectives[p]
  if (!perspective) return null
  return (
    <section className="section" aria-label={say('perspective')}>
      <h2>{content(perspective.name) || perspective.key || say('unnamed')}</h2>
      <div className="rule-fields">
        <TextField label={say('key')} path={['perspectives', p, 'key']} value={perspective.key} />
        <NameFields path={['perspectives', p, 'name']} value={perspective.name} />
      </div>
    </section>
  )
}

/** Moves what is open up or down among its like, or removes it. */
export function MoveButtons({ at, open }: { at: string; open: (at: string) => void }) {
  const say = useTexts(designerTexts)
  const { card, change } = useDesigner()
  const [p, i] = at.split('.').map(Number)
  if (p === undefined || Number.isNaN(p)) return null
  const path = i === undefined ? ['perspectives'] : ['perspectives', p, 'items']
  const list: readonly { key: string; name: { zh: string; en: string } }[] = i === undefined ? card.perspectives : (card.perspectives[p]?.items ?? [])
  const place = i ?? p
  const open1 = (n: number) => open(i === undefined ? String(n) : `${p}.${n}`)
  const move = (by: number) => {
    const next = [...list]
    const [one] = next.splice(place, 1)
    if (one) next.splice(place + by, 0, one)
    change(changed(card, path, next))
    open1(place + by)
  }
  const name = content(list[place]?.name) || list[place]?.key || say('unnamed')
  return (
    <div className="rule-moves">
      <Button size="small" icon={<ArrowUpOutlined aria-hidden />} disabled={place === 0} onClick={() => move(-1)}>{say('up')}</Button>
      <Button size="small" icon={<ArrowDownOutlined aria-hidden />} disabled={place >= list.length - 1} onClick={() => move(1)}>{say('down')}</Button>
      <Button size="small" icon={<DeleteOutlined aria-hidden />} aria-label={say('removeOf', { name })} onClick={() => {
        change(changed(card, path, list.filter((_, n) => n !== place)))
        open('card')
      }}>{say('remove')}</Button>
    </div>
  )
}
