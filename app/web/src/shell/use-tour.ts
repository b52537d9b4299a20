import { useCallback } from 'react'
import { useLocation } from 'react-router'
import { setPreferences, usePreferences } from '@/lib/preferences'
import { useInAddress } from '@/lib/url'

/** In a browser with this mark the tour does not open by itself: it may stand at a counter, or be driven by a program. */
const mark = 'steelyard.tour'

/** Whether the tour is open: on the home page of whoever has never seen it, or where the address asks for it again. */
export function useTour(): { open: boolean; end: () => void } {
  const { pathname } = useLocation()
  const { tourSeen } = usePreferences()
  const [asked, ask] = useInAddress('tour')
  const end = useCallback(() => {
    setPreferences({ tourSeen: true })
    ask(undefined)
  }, [ask])
  const unseen = !tourSeen && localStorage.getItem(mark) !== 'never'
  return { open: pathname === '/home' && (asked !== undefined || unseen), end }
}
