import { DatePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { peopleTexts } from './texts'
import { useTexts } from '@/lib/text'
import { useAddress } from '@/lib/url'

/** Stands in the address for no day: everything that ever was. */
export const ever = 'ever'

/** The day that the address asks for: today unasked; none for everything that ever was. */
export function useAsOf(): { asked: string | undefined; on: string | undefined } {
  const [params] = useAddress()
  const asked = params.get('on') ?? undefined
  if (asked === ever) return { asked, on: undefined }
  return { asked, on: asked ?? dayjs().format('YYYY-MM-DD') }
}

/** Chooses the day as of which a page is looked at. */
export function AsOfFilter() {
  const say = useTexts(peopleTexts)
  const [, change] = useAddress()
  const { on } = useAsOf()
  return (
    <label className="filter">
      <span>{say('on')}</span>
      <DatePicker aria-label={say('on')} value={on ? dayjs(on) : null} allowClear={false}
        onChange={(day: Dayjs | null) => change({ on: day && !day.isSame(dayjs(), 'day') ? day.format('YYYY-MM-DD') : undefined })} />
    </label>
  )
}
