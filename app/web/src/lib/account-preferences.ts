import { useEffect } from 'react'
import { api } from './api'
import { type Preferences, currentPreferences, followPreferences, setPreferences } from './preferences'
import { currentLanguage, followLanguage, setLanguage } from './text'
import type { Schema } from './api'

type Kept = Schema<'Preferences'>

const now = (): Kept => {
  const { theme, density, tabMovesInGrids, tourSeen } = currentPreferences()
  return { language: currentLanguage(), theme, density, tab_moves_in_grids: tabMovesInGrids, tour_seen: tourSeen }
}

const chosen = ({ theme, density, tab_moves_in_grids: tabMovesInGrids, tour_seen: tourSeen }: Kept): Preferences => ({ theme, density, tabMovesInGrids, tourSeen })

/** Whether these are what everybody begins with: whoever has kept nothing keeps what this browser has. */
export const isUnasked = (kept: Kept): boolean => kept.theme === 'system' && kept.density === 'default' && !kept.tab_moves_in_grids && kept.language === currentLanguage()

/**
 * Brings the preferences of the account into the pages when a user signs in, and
 * keeps with the account what is changed from then on, wherever that is done.
 */
export function useAccountPreferences(): void {
  useEffect(() => {
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let kept: string | undefined
    const keep = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        const wanted = now()
        if (over || kept === undefined || kept === JSON.stringify(wanted)) return
        kept = JSON.stringify(wanted)
        // What is not kept now is kept with the next change; this browser has it meanwhile.
        void api.PUT('/me/preferences', { body: wanted }).catch(() => undefined)
      }, 400)
    }
    const bring = async () => {
      const { data } = await api.GET('/me/preferences')
      if (over || !data) return
      if (isUnasked(data)) {
        setPreferences({ tourSeen: data.tour_seen })
      } else {
        setPreferences(chosen(data))
        setLanguage(data.language)
      }
      kept = JSON.stringify(now())
    }
    void bring().catch(() => undefined)
    const leave = [followPreferences(keep), followLanguage(keep)]
    return () => {
      over = true
      clearTimeout(timer)
      for (const end of leave) end()
    }
  }, [])
}
