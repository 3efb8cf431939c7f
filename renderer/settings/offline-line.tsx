import type { z } from 'zod'
import type { Offline } from '#shared/network.ts'
import { formatClock } from '#renderer/ui/format.ts'
import classes from './offline-line.module.css'

const GOES_ON =
  'What is on this machine goes on: the lists, Why? about the past, builds of local projects. Checks, purges and builds elsewhere wait, and go on by themselves.'

/** Said once, calmly, in the status bar: nothing else tells of it. */
export function OfflineLine({ offline: { sinceMs, proxy } }: { readonly offline: z.infer<typeof Offline> }) {
  const what = proxy === null ? 'Offline' : `The proxy ${proxy} does not answer`
  return (
    <span className={classes.offline} role="status" title={GOES_ON}>
      {what} since {formatClock(sinceMs)}: checks, purges and builds wait and go on by themselves
    </span>
  )
}
