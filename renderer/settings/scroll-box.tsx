import type { ReactNode } from 'react'
import classes from './settings.module.css'

/** A part of a screen that scrolls by itself. */
export function ScrollBox({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // What scrolls has to be reachable by keyboard, or its end cannot be read.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  )
}
