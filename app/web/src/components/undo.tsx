import { App, Button } from 'antd'
import { useCallback } from 'react'
import { ProblemText } from './states'
import { defineTexts, useTexts } from '@/lib/text'

const texts = defineTexts('undo', {
  undo: { zh: '撤销', en: 'Undo' },
  undone: { zh: '已撤销', en: 'Undone' },
})

/**
 * Says what was done, with a button that takes it back for ten seconds. What was
 * done stands already: `undo` writes the change that makes up for it.
 */
export function useUndo(): (done: string, undo: () => Promise<unknown>) => void {
  const say = useTexts(texts)
  const { notification } = App.useApp()
  return useCallback((done, undo) => {
    const key = crypto.randomUUID()
    const takeBack = async () => {
      notification.destroy(key)
      try {
        await undo()
        notification.success({ title: say('undone'), role: 'status', duration: 3, placement: 'bottomLeft' })
      } catch (error) {
        notification.error({ title: <ProblemText error={error} />, placement: 'bottomLeft' })
      }
    }
    notification.info({
      key, title: done, role: 'status', duration: 10, placement: 'bottomLeft',
      actions: <Button size="small" onClick={() => void takeBack()}>{say('undo')}</Button>,
    })
  }, [notification, say])
}
