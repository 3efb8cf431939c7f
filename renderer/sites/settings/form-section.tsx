import type { ReactNode } from 'react'
import classes from './settings.module.css'

interface FormSectionProps {
  readonly title: string
  readonly about: string
  /** What is said about it is a reason why it cannot be changed now. */
  readonly held?: boolean
  readonly children: ReactNode
}

/** Fields that belong together, with what they are for beside them. */
export function FormSection({ title, about, held = false, children }: FormSectionProps) {
  return (
    <fieldset className={classes.section}>
      <legend className={classes.hiddenLegend}>{title}</legend>
      <div className={classes.about}>
        <h2>{title}</h2>
        <p data-held={held || undefined}>{about}</p>
      </div>
      <div className={classes.fields}>{children}</div>
    </fieldset>
  )
}
