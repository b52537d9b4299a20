import { Alert, Button, Checkbox, Input, Modal, Switch } from 'antd'
import { useState } from 'react'
import { savedViewTexts } from './saved-views.texts'
import { type View, setStartView, startView } from './saved-views.model'
import { ProblemText } from './states'
import { useUndo } from './undo'
import { api, once, queries } from '@/lib/api'
import { useSession } from '@/lib/session'
import { useTexts } from '@/lib/text'

const renew = (page: string) => queries.invalidateQueries({ queryKey: ['views', page] })

/** Keeps what the address asks for under a name. */
export function SaveView({ open, page, query, onClose }: { open: boolean; page: string; query: string; onClose: () => void }) {
  const say = useTexts(savedViewTexts)
  const [name, type] = useState('')
  const [shared, share] = useState(false)
  const [busy, work] = useState(false)
  const [error, fail] = useState<unknown>()
  const [asked, ask] = useState(false)
  const close = () => {
    type('')
    share(false)
    fail(undefined)
    ask(false)
    onClose()
  }
  const save = async () => {
    ask(true)
    if (name.trim() === '') return
    work(true)
    fail(undefined)
    try {
      await api.POST('/me/views', { params: { header: once() }, body: { page, name: name.trim(), query, shared } })
      await renew(page)
      close()
    } catch (caught) {
      fail(caught)
    } finally {
      work(false)
    }
  }
  const missing = asked && name.trim() === ''
  return (
    <Modal open={open} title={say('saveTitle')} onCancel={close} onOk={() => void save()} okText={say('save')} cancelText={say('cancel')} confirmLoading={busy} destroyOnHidden>
      <p className="muted">{say('what')}</p>
      <label className="field">
        <span>{say('name')}</span>
        <Input value={name} maxLength={100} autoFocus status={missing ? 'error' : undefined} aria-invalid={missing}
          onChange={(event) => type(event.target.value)} onPressEnter={(event) => event.nativeEvent.isComposing || void save()} />
      </label>
      {missing && <p role="alert">{say('nameNeeded')}</p>}
      <Checkbox checked={shared} onChange={(event) => share(event.target.checked)}>{say('share')}</Checkbox>
      <p className="muted">{say('shareWhat')}</p>
      {error !== undefined && <Alert type="error" showIcon title={<ProblemText error={error} />} />}
    </Modal>
  )
}

/** One's own views: rename, share, begin with, delete. */
export function ManageViews({ open, page, views, onClose }: { open: boolean; page: string; views: readonly View[]; onClose: () => void }) {
  const say = useTexts(savedViewTexts)
  return (
    <Modal open={open} title={say('manageTitle')} onCancel={onClose} destroyOnHidden width={720} footer={<Button onClick={onClose}>{say('close')}</Button>}>
      {views.length === 0 ? <p className="muted">{say('none')}</p> : (
        <ul className="views">{views.map((view) => <ViewRow key={view.id} page={page} view={view} />)}</ul>
      )}
    </Modal>
  )
}

function ViewRow({ page, view }: { page: string; view: View }) {
  const say = useTexts(savedViewTexts)
  const { me } = useSession()
  const offer = useUndo()
  const [name, type] = useState(view.name)
  const [start, begin] = useState(startView(me.username, page) === view.id)
  const [error, fail] = useState<unknown>()
  const attempt = async (act: () => Promise<unknown>) => {
    fail(undefined)
    try {
      await act()
    } catch (caught) {
      fail(caught)
    } finally {
      await renew(page)
    }
  }
  const put = (change: Partial<Pick<View, 'name' | 'shared'>>) => attempt(() => api.PUT('/me/views/{id}', {
    params: { path: { id: view.id } }, body: { name: view.name, shared: view.shared, query: view.query, version: view.version, ...change },
  }))
  const rename = () => {
    const wanted = name.trim()
    if (wanted === '') type(view.name)
    else if (wanted !== view.name) void put({ name: wanted })
  }
  const remove = () => attempt(async () => {
    await api.DELETE('/me/views/{id}', { params: { path: { id: view.id } } })
    offer(say('removed', { name: view.name }), async () => {
      const { name: old, query, shared } = view
      await api.POST('/me/views', { params: { header: once() }, body: { page, name: old, query, shared } })
      await renew(page)
    })
  })
  return (
    <li className="views-row">
      <Input value={name} maxLength={100} aria-label={say('rename')} onChange={(event) => type(event.target.value)} onBlur={rename}
        onPressEnter={(event) => event.nativeEvent.isComposing || event.currentTarget.blur()} />
      <label><Switch size="small" checked={view.shared} aria-label={say('shared', { name: view.name })} onChange={(shared) => void put({ shared })} /> <span aria-hidden>{say('sharedShort')}</span></label>
      <Checkbox checked={start} aria-label={say('start', { name: view.name })} onChange={(event) => {
        begin(event.target.checked)
        setStartView(me.username, page, event.target.checked ? view.id : undefined)
      }}>{say('startShort')}</Checkbox>
      <Button danger type="text" aria-label={say('remove', { name: view.name })} onClick={() => void remove()}>{say('removeShort')}</Button>
      {error !== undefined && <Alert className="views-problem" type="error" showIcon title={<ProblemText error={error} />} />}
    </li>
  )
}
