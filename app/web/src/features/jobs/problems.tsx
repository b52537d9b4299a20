import { useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import { useState } from 'react'
import { Section } from '@/components/page'
import type { Schema } from '@/lib/api'
import type { Job } from '@/lib/jobs'
import { useTexts } from '@/lib/text'
import { texts } from './texts'

type Problem = Schema<'ProblemAt'>

const quoted = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** The list as a file that spreadsheets open; a text that one would take for a formula stays a text. */
function file(heads: readonly string[], problems: readonly Problem[]): Blob {
  const lines = [heads, ...problems.map((p) => [p.sheet ?? '', p.row === undefined ? '' : String(p.row), p.column ?? '', p.value ?? '', p.message])]
  return new Blob([`\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' })
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** Everything that is wrong with a file, with its place; however many there are. */
export function Problems({ job, problems }: { job: Job; problems: readonly Problem[] }) {
  const say = useTexts(texts)
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const rows = useVirtualizer({ count: problems.length, getScrollElement: () => box, estimateSize: () => 36, overscan: 20 })
  const heads = [say('sheet'), say('row'), say('column'), say('value'), say('problem')]
  const drawn = rows.getVirtualItems()
  const before = drawn[0]?.start ?? 0
  const after = rows.getTotalSize() - (drawn.at(-1)?.end ?? 0)
  return (
    <Section title={say('problems', { n: problems.length })} extra={<Button onClick={() => download(file(heads, problems), `${job.subject}-${job.id}.csv`)}>{say('downloadProblems')}</Button>}>
      <div ref={setBox} className="table-scroll problems" role="region" aria-label={say('problems', { n: problems.length })} tabIndex={0}>
        <table className="plain" aria-rowcount={problems.length + 1}>
          <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
          <tbody>
            {before > 0 && <tr aria-hidden="true"><td colSpan={5} style={{ height: before }} /></tr>}
            {drawn.map(({ index }) => {
              const p = problems[index]
              return p && (
                <tr key={index} aria-rowindex={index + 2} data-index={index} ref={rows.measureElement}>
                  <td>{p.sheet ?? ''}</td><td className="numeric">{p.row ?? ''}</td><td>{p.column ?? p.path ?? ''}</td><td>{p.value ?? ''}</td><td>{p.message}</td>
                </tr>
              )
            })}
            {after > 0 && <tr aria-hidden="true"><td colSpan={5} style={{ height: after }} /></tr>}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
