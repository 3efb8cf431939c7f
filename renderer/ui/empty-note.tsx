import type { ReactNode } from 'react'
import classes from './empty-note.module.css'

interface EmptyNoteProps {
  readonly title: string
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** Says what would be here, and offers the act that fills it. */
export function EmptyNote({ title, children, action }: EmptyNoteProps) {
  return (
    <div className={classes.note}>
      <div className={classes.title}>{title}</div>
      <div className={classes.text}>{children}</div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  )
}
