import { useEffect, useRef, type RefObject } from 'react'
import { isFocusLost } from '#renderer/lib/keep-focus.ts'

/** A dialog that closes has given the focus back by then. */
const SETTLED_MS = 150

/**
 * What was pressed goes away with its screen or its step, and the keyboard would begin at the top again. The element takes
 * the focus when it arrives (`id`: of what is shown; null: nothing yet), unless somebody is in the screen already, and with
 * each new `step`, unless something that is still there has it.
 */
export function useFocusWhenLost(id: string | null, step: string): RefObject<HTMLHeadingElement | null> {
  const element = useRef<HTMLHeadingElement>(null)
  const shown = useRef<string>(null)
  const moment = id === null ? null : `${id} ${step}`
  useEffect(() => {
    if (moment === null) return
    const [arrived = ''] = moment.split(' ')
    const arrives = shown.current !== arrived
    const take = () => {
      const beside = arrives && document.activeElement?.closest('main, [aria-modal="true"]') === null
      if (isFocusLost() || beside) element.current?.focus({ preventScroll: true })
    }
    const frame = requestAnimationFrame(take)
    const settled = setTimeout(() => {
      take()
      shown.current = arrived
    }, SETTLED_MS)
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(settled)
    }
  }, [moment])
  return element
}
