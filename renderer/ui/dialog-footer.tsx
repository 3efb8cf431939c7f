import type { ReactNode } from 'react'
import classes from './dialog-footer.module.css'

/** The buttons of a dialog, the act last. */
export function DialogFooter({ children }: { readonly children: ReactNode }) {
  return <div className={classes.footer}>{children}</div>
}
