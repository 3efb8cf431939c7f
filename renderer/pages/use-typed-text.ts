import { useEffect, useEffectEvent, useRef, useState } from 'react'

const PAUSE_MS = 250

/** The text of a field that is told to the outside once typing pauses, and follows the outside otherwise. */
export function useTypedText(outside: string, tell: (text: string) => void): readonly [string, (text: string) => void] {
  const [text, setText] = useState(outside)
  const told = useRef(outside)
  const tellNow = useEffectEvent(tell)

  useEffect(() => {
    if (outside === told.current) return
    told.current = outside
    setText(outside)
  }, [outside])

  useEffect(() => {
    const next = text.trim()
    if (next === told.current) return
    const timer = setTimeout(() => {
      told.current = next
      tellNow(next)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])

  return [text, setText]
}
