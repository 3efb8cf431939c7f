import { Button } from '@mantine/core'
import { useState } from 'react'
import type { BuildQueue, BuildSchedule } from '#shared/build-queue.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { formatDuration } from '#renderer/ui/format.ts'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { BuildSettingsForm } from './build-settings-form.tsx'
import classes from './queue.module.css'

/** When the site is built by itself, in a sentence, and its editor in place. */
export function WhenBuilt({ queue }: { readonly queue: BuildQueue }) {
  const { mayAct } = useAccess()
  const [editing, setEditing] = useState(false)
  const [edited, setEdited] = useState(false)
  const { settings, nextScheduledAtMs, cost } = queue
  if (editing)
    return (
      <BuildSettingsForm
        stored={settings}
        onClose={() => {
          setEditing(false)
          setEdited(true)
        }}
      />
    )
  return (
    <p className={classes.line}>
      <span>
        Changes are gathered until it was quiet for {formatDuration(settings.quietSeconds * 1000)}, for{' '}
        {formatDuration(settings.longestSeconds * 1000)} at most. {scheduleWords(settings.schedule)}
        {nextScheduledAtMs !== null && (
          <>
            , next <TimeUntil atMs={nextScheduledAtMs} />
          </>
        )}
        .
        {cost !== null && (
          <>
            {' '}
            <a href={cost.source} target="_blank" rel="noreferrer" title={cost.note}>
              A build takes about {cost.amount} {cost.unit}
            </a>
            .
          </>
        )}
      </span>
      {mayAct && (
        <Button variant="subtle" size="compact-sm" ref={edited ? focus : undefined} onClick={() => setEditing(true)}>
          Change…
        </Button>
      )}
    </p>
  )
}

/** Back from the form, whoever uses the keyboard goes on where they were. */
const focus = (button: HTMLButtonElement | null) => button?.focus({ preventScroll: true })

function scheduleWords(schedule: BuildSchedule): string {
  if (schedule.kind === 'off') return 'Nothing is built by the clock'
  const when =
    schedule.kind === 'every'
      ? `every ${formatDuration(schedule.minutes * 60_000)}`
      : `at “${schedule.cron}” (${schedule.timeZone})`
  return `Built ${when}${schedule.onlyIfChanged ? ', only if something changed' : ''}, while Frostline runs`
}
