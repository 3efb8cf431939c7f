import type { ReactNode } from 'react'
import classes from './hooks.module.css'

interface StateMarkProps {
  readonly look: 'ok' | 'waiting' | 'bad' | 'none'
  readonly title?: string | undefined
  readonly children: ReactNode
}

/** A state by shape, colour and word. */
export function StateMark({ look, title, children }: StateMarkProps) {
  return (
    <span className={classes.mark} data-look={look} title={title}>
      {children}
    </span>
  )
}
