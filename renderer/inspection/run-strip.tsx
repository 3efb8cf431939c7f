import { Anchor, Button } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import type { InspectionRun } from '#shared/inspection-runs.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { TimeAgo, TimeUntil } from '#renderer/ui/time-text.tsx'
import { useResumeRun } from './mutations.ts'
import { inspectionQueries } from './queries.ts'
import classes from './run-strip.module.css'

const CheckSettingsDialog = lazy(async () => ({ default: (await import('./check-settings-dialog.tsx')).CheckSettingsDialog }))

/** What came of the last check of the site, when the next one comes by itself, and where that is set. */
export function RunStrip({ siteId }: { readonly siteId: string }) {
  const { data: run } = useQuery(inspectionQueries.latestRun(siteId))
  const { data: settings } = useQuery(inspectionQueries.settings(siteId))
  const { mayAct } = useAccess()
  const [open, setOpen] = useState(false)
  const nextAtMs = settings?.nextAtMs ?? null
  if (!mayAct && !run) return null
  return (
    <div className={classes.strip} role="status" aria-label="Check of the site">
      <span className={classes.said}>
        {run ? <LastRun run={run} mayAct={mayAct} /> : 'Not checked as a whole yet.'}
        {nextAtMs !== null && (
          <span>
            {' · '}next <TimeUntil atMs={nextAtMs} /> while Frostline runs
          </span>
        )}
      </span>
      {mayAct && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconSettings size={13} aria-hidden />}
          disabled={!settings}
          onClick={() => setOpen(true)}
        >
          How it is checked…
        </Button>
      )}
      {open && settings && (
        <Suspense>
          <CheckSettingsDialog siteId={siteId} stored={settings} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

const STATES = {
  running: 'Checking now',
  paused: 'Paused',
  capped: 'Stopped at the limit',
  done: 'Checked',
  cancelled: 'Cancelled',
  failed: 'Failed',
} as const

function LastRun({ run, mayAct }: { readonly run: InspectionRun; readonly mayAct: boolean }) {
  const resume = useResumeRun()
  const goesOn = mayAct && (run.state === 'capped' || run.state === 'failed')
  const more = run.rendersAtMost * 2
  return (
    <>
      <span className={classes.state}>{STATES[run.state]}</span>
      {run.endedAtMs !== null && (
        <>
          {' '}
          <TimeAgo atMs={run.endedAtMs} />
        </>
      )}
      {` · ${formatCount(run.done)} of ${countOf(run.total, 'page')}`}
      {run.state === 'done' &&
        run.done < run.total &&
        `, the other ${formatCount(run.total - run.done)} by another check meanwhile, or gone`}
      {run.failed > 0 && ` · ${formatCount(run.failed)} failed`}
      {` · ${run.renders === 0 ? 'no renders' : `${formatCount(run.renders)} of at most ${countOf(run.rendersAtMost, 'render')}`}`}
      {' · changed since last time: '}
      {run.changed === 0 ? (
        'none'
      ) : (
        <Anchor component={Link} to={`/pages?changed=${run.startedAtMs}`} size="sm">
          {countOf(run.changed, 'page')}
        </Anchor>
      )}
      {goesOn && (
        <Button
          className={classes.more}
          size="compact-xs"
          variant="default"
          loading={resume.isPending}
          onClick={() => resume.mutate({ runId: run.id, ...(run.state === 'capped' ? { rendersAtMost: more } : {}) })}
        >
          {run.state === 'capped' ? `Go on, up to ${countOf(more, 'render')}` : 'Go on'}
        </Button>
      )}
    </>
  )
}
