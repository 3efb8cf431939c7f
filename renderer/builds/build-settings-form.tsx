import { Button, Checkbox, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { BuildSchedule, BuildSettings } from '#shared/build-queue.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { useSaveBuildSettings } from './mutations.ts'
import classes from './queue.module.css'

interface BuildSettingsFormProps {
  readonly stored: BuildSettings
  readonly onClose: () => void
}

const KINDS = [
  { value: 'off', label: 'Off' },
  { value: 'every', label: 'Every …' },
  { value: 'cron', label: 'By calendar' },
]

/** How changes are gathered into builds, and when the site is built by itself. */
export function BuildSettingsForm({ stored, onClose }: BuildSettingsFormProps) {
  const site = useSite()
  const [quiet, setQuiet] = useState<number | string>(stored.quietSeconds)
  const [longest, setLongest] = useState<number | string>(stored.longestSeconds)
  const [schedule, setSchedule] = useState<BuildSchedule>(stored.schedule)
  const save = useSaveBuildSettings(onClose)
  const failure = save.isError ? describeFailure(save.error) : null
  const errorOf = (field: string) => (failure?.field === `settings.${field}` ? failure.message : undefined)
  const inPlace = ['quietSeconds', 'longestSeconds', 'schedule.minutes', 'schedule.cron', 'schedule.timeZone'].some(errorOf)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate({
      siteId: site.id,
      settings: { quietSeconds: Number(quiet), longestSeconds: Number(longest), schedule },
    })
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label="When the site is built by itself">
      <div className={classes.fields}>
        <NumberInput
          data-autofocus
          label="Build when it was quiet for"
          suffix=" s"
          min={1}
          value={quiet}
          error={errorOf('quietSeconds')}
          onChange={setQuiet}
        />
        <NumberInput
          label="Wait no longer than"
          suffix=" s"
          min={1}
          value={longest}
          error={errorOf('longestSeconds')}
          onChange={setLongest}
        />
        <div>
          <span className={classes.label}>By the clock</span>
          <SegmentedControl
            data={KINDS}
            value={schedule.kind}
            aria-label="By the clock"
            onChange={(kind) => setSchedule(kind === stored.schedule.kind ? stored.schedule : usual(kind))}
          />
        </div>
        {schedule.kind === 'every' && (
          <NumberInput
            label="Minutes between two builds"
            min={5}
            max={43_200}
            value={schedule.minutes}
            error={errorOf('schedule.minutes')}
            onChange={(minutes) => setSchedule({ ...schedule, minutes: Number(minutes) })}
          />
        )}
        {schedule.kind === 'cron' && (
          <>
            <TextInput
              label="Cron expression"
              value={schedule.cron}
              error={errorOf('schedule.cron')}
              onChange={(event) => setSchedule({ ...schedule, cron: event.currentTarget.value })}
            />
            <TextInput
              label="Time zone"
              value={schedule.timeZone}
              error={errorOf('schedule.timeZone')}
              onChange={(event) => setSchedule({ ...schedule, timeZone: event.currentTarget.value })}
            />
          </>
        )}
      </div>
      {schedule.kind !== 'off' && (
        <Checkbox
          label="Only if pages wait for a build"
          checked={schedule.onlyIfChanged}
          onChange={(event) => setSchedule({ ...schedule, onlyIfChanged: event.currentTarget.checked })}
        />
      )}
      {schedule.kind !== 'off' && (
        <p className={classes.quiet}>
          {schedule.kind === 'cron' && 'Five fields: minute, hour, day, month, weekday. '}
          Only while Frostline runs. After a time without it, a build that was due begins once.
        </p>
      )}
      {failure && !inPlace && <FailureNote message={failure.message} fix={failure.fix} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={save.isPending}>
          Save
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

function usual(kind: string): BuildSchedule {
  if (kind === 'every') return { kind: 'every', minutes: 60, onlyIfChanged: true }
  if (kind !== 'cron') return { kind: 'off' }
  return { kind: 'cron', cron: '0 3 * * *', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, onlyIfChanged: false }
}
