import type { ReactNode } from 'react'
import classes from './step.module.css'

export type StepLook = 'waiting' | 'running' | 'done' | 'failed' | 'skipped'

const SIGNS: Record<StepLook, string | null> = { waiting: null, running: null, done: '✓', failed: '✕', skipped: '–' }
const SAYS: Record<StepLook, string> = {
  waiting: 'waiting',
  running: 'under way',
  done: 'done',
  failed: 'failed',
  skipped: 'left out',
}

interface StepProps {
  readonly number: number
  readonly title: string
  readonly state: StepLook
  readonly message: string
  readonly aside?: ReactNode
  readonly children?: ReactNode
}

/** One step on a vertical line that fills as the work goes on. */
export function Step({ number, title, state, message, aside, children }: StepProps) {
  return (
    <li className={classes.step} data-state={state} aria-label={`Step ${number}: ${title}, ${SAYS[state]}`}>
      <span className={classes.mark} aria-hidden>
        {SIGNS[state] ?? number}
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          {aside !== undefined && <div className={classes.aside}>{aside}</div>}
        </div>
        {message !== '' && <p className={classes.message}>{message}</p>}
        {children}
      </div>
    </li>
  )
}
