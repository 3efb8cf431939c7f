import { Button } from '@mantine/core'
import type * as z from 'zod'
import type { ProjectBuild } from '#shared/local-project.ts'
import { formatDuration } from '#renderer/ui/format.ts'
import { LogView } from '#renderer/ui/log-view.tsx'
import { useTestRun } from './use-test-run.ts'
import classes from './local-project.module.css'

/** Builds once, to see the log and what comes of it. */
export function TestRun({ project }: { readonly project: z.input<typeof ProjectBuild> }) {
  const { run, start, end } = useTestRun()
  const { outcome, running, lines } = run
  return (
    <div className={classes.run}>
      <div className={classes.here}>
        {running ? (
          <Button variant="default" onClick={end}>
            Stop the test run
          </Button>
        ) : (
          <Button variant="default" onClick={() => void start(project)} disabled={project.command === ''}>
            Test run
          </Button>
        )}
        <span className={classes.quiet}>Runs the command in the folder once. Nothing is published.</span>
      </div>
      {(running || lines.length > 0) && <LogView lines={lines} ended={!running} height={140} />}
      {outcome && (
        <p role="status" className={outcome.ok ? classes.good : classes.bad}>
          {outcome.message}
          {outcome.ok && ` It took ${formatDuration(outcome.tookMs)}.`}
        </p>
      )}
    </div>
  )
}
