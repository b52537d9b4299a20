import { Button } from 'antd'
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'
import './charts.css'
import { chartTexts } from './texts'

/** The width that an element has now; 0 until it is known. */
export function useWidth<E extends HTMLElement>() {
  const ref = useRef<E>(null)
  const [width, measure] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => measure(Math.floor(element.clientWidth)))
    observer.observe(element)
    measure(Math.floor(element.clientWidth))
    return () => observer.disconnect()
  }, [])
  return [ref, width] as const
}

interface Props {
  /** Names the chart in the address, where it says which charts show their data instead. */
  name: string
  title: string
  /** What the chart shows, for those who do not see it. */
  summary: string
  /** The same figures as a table. */
  table: ReactNode
  /** Draws the chart at a width. */
  children: (width: number) => ReactNode
  /** What stands under the chart: keys, notes. */
  foot?: ReactNode
}

/** A chart with its heading, and the table of its figures one press away. */
export function ChartFrame({ name, title, summary, table, children, foot }: Props) {
  const say = useTexts(chartTexts)
  const id = useId()
  const [params, change] = useAddress()
  const [box, width] = useWidth<HTMLDivElement>()
  const shown = params.getAll('data')
  const asTable = shown.includes(name)
  const flip = () => change({ data: asTable ? shown.filter((one) => one !== name) : [...shown, name] })
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption className="chart-head">
        <h3 id={id}>{title}</h3>
        <Button size="small" onClick={flip} aria-label={say(asTable ? 'chartOf' : 'dataOf', { title })}>{say(asTable ? 'chart' : 'data')}</Button>
      </figcaption>
      <div ref={box} className="chart-box">
        {asTable ? <div className="chart-table" role="region" aria-label={title} tabIndex={0}>{table}</div> : <p className="sr-only">{summary}</p>}
        {!asTable && width > 0 && children(width)}
      </div>
      {!asTable && foot && <div className="chart-foot">{foot}</div>}
    </figure>
  )
}
