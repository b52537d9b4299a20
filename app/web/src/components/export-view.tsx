import { DownloadOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import { JobProgress } from './job-progress'
import { ProblemText } from './states'
import { type Schema, api, once, queries } from '@/lib/api'
import { useSession } from '@/lib/session'
import { defineTexts, useLanguage, useTexts } from '@/lib/text'

const texts = defineTexts('export-view', {
  export: { zh: '导出', en: 'Export' },
  title: { zh: '导出当前列表', en: 'Export this list' },
  rows: { zh: '{total} 行，与当前筛选和排序一致。', en: '{total, plural, one {# row} other {# rows}}, filtered and sorted as you see them.' },
  allRows: { zh: '当前筛选下的全部行，排序与列表一致。', en: 'All rows of the filters in force, sorted as you see them.' },
  columns: { zh: '{n} 列：', en: '{n, plural, one {# column} other {# columns}}:' },
  recorded: { zh: '导出会记入审计记录，文件注明导出人、时间和筛选条件。', en: 'The export is put on the audit trail; the file names who made it, when, and the filters.' },
  make: { zh: '生成 Excel 文件', en: 'Make the Excel file' },
  cancel: { zh: '取消', en: 'Cancel' },
  close: { zh: '关闭', en: 'Close' },
})

export type ExportedList = Schema<'NewListExport'>['list']

interface Props {
  list: ExportedList
  /** The columns on the screen, in their order: properties of a row as the API names them, `unit.name` where nested, with their headings. */
  columns: readonly { name: string; title: string }[]
  /** What the page asks its list with: filters and sort, named as the API names them. */
  query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** The period of a list that has one in its path. */
  period?: string
  /** How many rows there are, where the list says. */
  total?: number
}

/** Makes a workbook of a list as it stands on the screen: the same rows, order and columns. */
export function ExportView({ list, columns, query = {}, period, total }: Props) {
  const say = useTexts(texts)
  const language = useLanguage()
  const { can } = useSession()
  const [open, show] = useState(false)
  const make = useMutation({
    mutationFn: async () => {
      const asked = new URLSearchParams()
      for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') asked.append(name, String(value))
      const body = { list, period, query: asked.toString(), columns: columns.map((column) => column.name), language }
      return (await api.POST('/list-exports', { params: { header: once() }, body })).data
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  })
  if (!can('export.run')) return null
  const close = () => {
    show(false)
    make.reset()
  }
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => show(true)}>{say('export')}</Button>
      <Modal open={open} title={say('title')} onCancel={close} destroyOnHidden footer={make.data
        ? <Button onClick={close}>{say('close')}</Button>
        : [
          <Button key="cancel" onClick={close}>{say('cancel')}</Button>,
          <Button key="make" type="primary" loading={make.isPending} onClick={() => make.mutate()}>{say('make')}</Button>,
        ]}>
        <p>{total === undefined ? say('allRows') : say('rows', { total })}</p>
        <p>{say('columns', { n: columns.length })}</p>
        <p className="muted">{columns.map((column) => column.title).join(language === 'zh' ? '、' : ', ')}</p>
        <p className="muted">{say('recorded')}</p>
        {make.error && <Alert type="error" showIcon title={<ProblemText error={make.error} />} />}
        {make.data && <JobProgress id={make.data.id} />}
      </Modal>
    </>
  )
}
