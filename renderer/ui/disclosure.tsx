import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState, type ReactNode } from 'react'
import classes from './disclosure.module.css'

interface DisclosureProps {
  readonly label: ReactNode
  readonly startsOpen?: boolean
  readonly children: ReactNode
}

/** Details that open on demand; what is closed is not drawn. */
export function Disclosure({ label, startsOpen = false, children }: DisclosureProps) {
  const [open, setOpen] = useState(startsOpen)
  const id = useId()
  return (
    <div className={classes.box}>
      <button type="button" className={classes.button} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} aria-hidden />
        {label}
      </button>
      {open && (
        <div id={id} className={classes.content}>
          {children}
        </div>
      )}
    </div>
  )
}
