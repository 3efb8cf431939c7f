import { useEffect, useRef, type ReactNode } from 'react'
import classes from './in-view.module.css'

interface InViewProps {
  /** It takes the focus as well: what has to be read before anything else. */
  readonly takesFocus?: boolean
  readonly children: ReactNode
}

/** An answer to what was pressed. It may open below the fold, so it comes into view when it appears; a new `key` is a new answer. */
export function InView({ takesFocus = false, children }: InViewProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
    if (takesFocus) box.current?.focus({ preventScroll: true })
  }, [takesFocus])
  return (
    <div ref={box} tabIndex={-1} className={classes.box}>
      {children}
    </div>
  )
}
