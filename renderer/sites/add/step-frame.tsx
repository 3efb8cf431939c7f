import { Button } from '@mantine/core'
import { useEffect, useId, useRef, type ReactNode, type SubmitEvent } from 'react'
import classes from './add-site.module.css'

interface StepFrameProps {
  readonly title: string
  readonly says: ReactNode
  readonly button: string
  /** What has to be done before the way on is open; null when it is. */
  readonly lacks?: string | null
  readonly busy?: boolean
  readonly onNext: () => void
  readonly onBack: (() => void) | null
  /** Beside the buttons. */
  readonly more?: ReactNode
  /** Why the way on was refused; right above the buttons, since that is where it was pressed. */
  readonly refusal?: ReactNode
  readonly children: ReactNode
}

/** One step: what it is about, its fields, and the way on, which Enter takes, too. */
export function StepFrame({
  title,
  says,
  button,
  lacks = null,
  busy = false,
  onNext,
  onBack,
  more,
  refusal,
  children,
}: StepFrameProps) {
  const why = useId()
  const form = useRef<HTMLFormElement>(null)
  // The field that wants to be typed in, else the heading, so that keys and readers begin at the step.
  useEffect(() => {
    const first = ['[data-autofocus]', 'h2'].map((what) => form.current?.querySelector<HTMLElement>(what))
    first.find(Boolean)?.focus()
  }, [])
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (lacks === null && !busy) onNext()
  }
  return (
    <form ref={form} className={classes.step} onSubmit={submit} noValidate aria-label={title}>
      <h2 tabIndex={-1}>{title}</h2>
      <p className={classes.says}>{says}</p>
      {children}
      {refusal}
      <div className={classes.footer}>
        {onBack && (
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
        )}
        <span className={classes.grow} id={why}>
          {lacks}
        </span>
        {more}
        <Button type="submit" disabled={lacks !== null} aria-describedby={lacks === null ? undefined : why} loading={busy}>
          {button}
        </Button>
      </div>
    </form>
  )
}
