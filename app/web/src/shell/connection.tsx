import { useEffect, useState } from 'react'
import { isReady, onConnectionLost, queries } from '@/lib/api'
import { useTexts } from '@/lib/text'
import { shellTexts } from './texts'

const every = 2_000

/** Says that the server cannot be reached, asks until it answers again, and then has the page read anew. */
export function Connection() {
  const say = useTexts(shellTexts)
  const [lost, lose] = useState(false)
  useEffect(() => {
    onConnectionLost(() => lose(true))
    return () => onConnectionLost(undefined)
  }, [])
  useEffect(() => {
    if (!lost) return undefined
    const ask = async () => {
      if (!(await isReady())) return
      lose(false)
      void queries.invalidateQueries()
    }
    const timer = setInterval(() => void ask(), every)
    return () => clearInterval(timer)
  }, [lost])
  return lost ? <p className="connection-lost" role="alert">{say('unreachable')}</p> : null
}
