import { Button } from '@mantine/core'
import type { ReactNode, SubmitEvent } from 'react'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import type { Failure } from '#renderer/lib/failure.ts'
import classes from './discovery.module.css'

interface SourceFrameProps {
  readonly does: string
  readonly costs: ReactNode
  readonly limits: string
  readonly button: string
  readonly ready?: boolean
  readonly busy: boolean
  /** Null when there is none, or when it is shown at its field. */
  readonly failure: Failure | null
  readonly onStart: () => void
  readonly children?: ReactNode
}

/** One way of finding pages: what it does, what it costs, its limits, what it needs to know, and its start. */
export function SourceFrame({ does, costs, limits, button, ready = true, busy, failure, onStart, children }: SourceFrameProps) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    onStart()
  }
  return (
    <form className={classes.source} onSubmit={submit} noValidate>
      <p className={classes.does}>{does}</p>
      {children}
      <FactList facts={{ Costs: costs, Limits: limits }} />
      {failure && <FailureNote message={failure.message} fix={failure.fix} />}
      <DialogFooter>
        <Button type="submit" disabled={!ready} loading={busy}>
          {button}
        </Button>
      </DialogFooter>
    </form>
  )
}
