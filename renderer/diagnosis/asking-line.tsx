import { Button } from '@mantine/core'
import { useState } from 'react'
import { coreNow, useNow } from '#renderer/ui/clock.ts'
import { formatSpan } from '#renderer/ui/format.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import type { Question } from './queries.ts'
import classes from './why-screen.module.css'

/** What happens while the answer is not there yet. */
export function AskingLine({ question }: { readonly question: Question }) {
  const [sinceMs] = useState(coreNow)
  const nowMs = useNow()
  const doing =
    question.atMs === null
      ? 'Asking the edge, other ways to ask for the same page, the origin, and what is known from before'
      : 'Reading what was written down by then'
  return (
    <div className={classes.asking}>
      <ProgressLine done={0} total={null} label="Asking" />
      <p className={classes.quiet}>
        {doing}. {formatSpan(nowMs - sinceMs)} so far, at most about 20 s.
      </p>
    </div>
  )
}

export function StoppedNote({ onAsk }: { readonly onAsk: () => void }) {
  return (
    <div className={classes.stopped} role="status">
      <span>Stopped before there was an answer. What was asked so far changed nothing.</span>
      <Button variant="default" onClick={onAsk}>
        Ask again
      </Button>
    </div>
  )
}
