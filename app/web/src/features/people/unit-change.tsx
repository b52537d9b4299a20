import { Alert, App, DatePicker, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { peopleTexts } from './texts'
import type { Unit } from './tree'
import { UnitSelect } from './unit-filter'
import { ProblemText } from '@/components/states'
import { useUndo } from '@/components/undo'
import { Problem, api, queries } from '@/lib/api'
import { useTexts } from '@/lib/text'

export type Change = 'move' | 'close' | 'open'

/** Moves, closes or opens a unit. What was done can be taken back, as the server keeps the version. */
export function UnitChange({ unit, change, onClose }: { unit: Unit; change: Change | undefined; onClose: () => void }) {
  const say = useTexts(peopleTexts)
  const { notification } = App.useApp()
  const offer = useUndo()
  const [parent, choose] = useState<string>()
  const [date, pick] = useState<Dayjs | null>(null)
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const close = () => {
    choose(undefined)
    pick(null)
    fail(undefined)
    onClose()
  }
  const path = { params: { path: { unit: unit.code } } }
  const renew = () => Promise.all([queries.invalidateQueries({ queryKey: ['units'] }), queries.invalidateQueries({ queryKey: ['staff'] })])
  const move = async (to: string, version: number) => (await api.POST('/units/{unit}/move', { ...path, body: { parent: to, version } })).data
  const shut = async (on: string, version: number) => (await api.POST('/units/{unit}/close', { ...path, body: { day: on, version } })).data
  const open = async (on: string | undefined, version: number) => (await api.POST('/units/{unit}/open', { ...path, body: { day: on, version } })).data
  const act = async () => {
    const on = date?.format('YYYY-MM-DD')
    if (change === 'move') {
      const now = await move(parent ?? '', unit.version)
      offer(say('moved', { name: unit.name, parent: parent ?? '' }), async () => { await move(unit.parent ?? '', now?.version ?? 0); await renew() })
    } else if (change === 'close') {
      const now = await shut(on ?? '', unit.version)
      offer(say('closedDone', { name: unit.name }), async () => { await open(undefined, now?.version ?? 0); await renew() })
    } else {
      await open(on, unit.version)
      notification.success({ title: say('openedDone', { name: unit.name }), role: 'status', placement: 'bottomLeft' })
    }
  }
  const submit = async () => {
    work(true)
    fail(undefined)
    try {
      await act()
      await renew()
      close()
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  const titles = { move: say('move'), close: say('close'), open: say('open') }
  const actions = { move: say('moveDo'), close: say('closeDo'), open: say('openDo') }
  const ready = change === 'move' ? parent !== undefined : change === 'open' || date !== null
  return (
    <Modal open={change !== undefined} title={change && `${titles[change]} · ${unit.name}`} onCancel={close} destroyOnHidden confirmLoading={busy}
      okText={change && actions[change]} cancelText={say('cancel')} okButtonProps={{ danger: change === 'close', disabled: !ready }} onOk={() => void submit()}>
      {change === 'move' && <>
        <p>{say('moveWhat')}</p>
        <label className="field"><span>{say('moveTo')}</span><UnitSelect label={say('moveTo')} placeholder={say('choose')} value={parent} onChange={choose} /></label>
      </>}
      {change === 'close' && <p>{say('closeWhat')}</p>}
      {(change === 'close' || change === 'open') && (
        <label className="field"><span>{change === 'close' ? say('lastDay') : say('firstDay')}</span>
          <DatePicker value={date} onChange={pick} minDate={unit.opened_on ? dayjs(unit.opened_on) : undefined} />
        </label>
      )}
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} description={<Places error={error} />} />}
    </Modal>
  )
}

/** Who or what stands in the way, as the server names them. */
function Places({ error }: { error: unknown }) {
  if (!(error instanceof Problem) || error.places.length === 0) return null
  return <ul className="people-places">{error.places.slice(0, 20).map((place, i) => <li key={i}>{place.message}</li>)}</ul>
}
