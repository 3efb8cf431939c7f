import type { ReactNode } from 'react'
import classes from './screen.module.css'

interface ScreenProps {
  readonly title: string
  /** Beside the title: a count, a state. */
  readonly note?: ReactNode
  readonly actions?: ReactNode
  /** The content fills the height and scrolls by itself. */
  readonly fills?: boolean
  readonly children: ReactNode
}

/** A screen's heading, its actions and its content. */
export function Screen({ title, note, actions, fills = false, children }: ScreenProps) {
  return (
    <section className={classes.screen} aria-label={title}>
      <header className={classes.head}>
        <h1 className={classes.title}>{title}</h1>
        {note !== undefined && <div className={classes.note}>{note}</div>}
        <div className={classes.actions}>{actions}</div>
      </header>
      <div className={fills ? classes.fill : classes.scroll}>{children}</div>
    </section>
  )
}
