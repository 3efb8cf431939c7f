import { Button } from '@mantine/core'
import { useEffect, useRef, type ReactNode, type SubmitEvent } from 'react'
import classes from './add-site.module.css'

interface StepFrameProps {
  readonly title: string
  readonly says: ReactNode
  readonly button: string
  readonly ready?: boolean
  readonly busy?: boolean
  readonly onNext: () => void
  readonly onBack: (() => void) | null
  /** Beside the buttons. */
  readonly more?: ReactNode
  readonly children: ReactNode
}

/** One step: what it is about, its fields, and the way on, which Enter takes, too. */
export function StepFrame({ title, says, button, ready = true, busy = false, onNext, onBack, more, children }: StepFrameProps) {
  const form = useRef<HTMLFormElement>(null)
  // The field that wants to be typed in, else the heading, so that keys and readers begin at the step.
  useEffect(() => {
    const first = ['[data-autofocus]', 'h2'].map((what) => form.current?.querySelector<HTMLElement>(what))
    first.find(Boolean)?.focus()
  }, [])
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (ready && !busy) onNext()
  }
  return (
    <form ref={form} className={classes.step} onSubmit={submit} noValidate aria-label={title}>
      <h2 tabIndex={-1}>{title}</h2>
      <p className={classes.says}>{says}</p>
      {children}
      <div className={classes.footer}>
        {onBack && (
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
        )}
        <span className={classes.grow} />
        {more}
        <Button type="submit" disabled={!ready} loading={busy}>
          {button}
        </Button>
      </div>
    </form>
  )
}
