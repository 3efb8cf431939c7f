import { useEffect, useRef, type RefObject } from 'react'
import { isFocusLost } from '#renderer/lib/keep-focus.ts'

/**
 * What was pressed goes away with its screen or its step, and the keyboard would begin at the top again. With each new
 * `moment` (null: nothing is shown yet) the element takes the focus, unless something that is still there has it.
 */
export function useFocusWhenLost(moment: string | null): RefObject<HTMLHeadingElement | null> {
  const element = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (moment === null) return
    // A dialog or a menu that closes gives the focus back a moment later.
    const frame = requestAnimationFrame(() => {
      if (isFocusLost()) element.current?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [moment])
  return element
}
