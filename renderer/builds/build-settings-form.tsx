import { Button, Checkbox, NumberInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { BuildSettings } from '#shared/build-queue.ts'
import type { CheckSchedule } from '#shared/inspection-runs.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { ScheduleFields } from '#renderer/ui/schedule-fields.tsx'
import { useSaveBuildSettings } from './mutations.ts'
import classes from './queue.module.css'

interface BuildSettingsFormProps {
  readonly stored: BuildSettings
  readonly onClose: () => void
}

/** How changes are gathered into builds, and when the site is built by itself. */
export function BuildSettingsForm({ stored, onClose }: BuildSettingsFormProps) {
  const site = useSite()
  const [quiet, setQuiet] = useState<number | string>(stored.quietSeconds)
  const [longest, setLongest] = useState<number | string>(stored.longestSeconds)
  const [schedule, setSchedule] = useState<CheckSchedule>(stored.schedule)
  const onlyIfChangedOf = (kind: CheckSchedule['kind']) =>
    stored.schedule.kind === kind && stored.schedule.kind !== 'off' ? stored.schedule.onlyIfChanged : kind === 'every'
  const [onlyIfChanged, setOnlyIfChanged] = useState(onlyIfChangedOf(stored.schedule.kind))
  const change = (next: CheckSchedule) => {
    if (next.kind !== schedule.kind) setOnlyIfChanged(onlyIfChangedOf(next.kind))
    setSchedule(next)
  }
  const save = useSaveBuildSettings(onClose)
  const failure = save.isError ? describeFailure(save.error) : null
  const errorOf = (field: string) => (failure?.field === `settings.${field}` ? failure.message : undefined)
  const inPlace = ['quietSeconds', 'longestSeconds', 'schedule.minutes', 'schedule.cron', 'schedule.timeZone'].some(errorOf)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate({
      siteId: site.id,
      settings: {
        quietSeconds: Number(quiet),
        longestSeconds: Number(longest),
        schedule: schedule.kind === 'off' ? schedule : { ...schedule, onlyIfChanged },
      },
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
      </div>
      <ScheduleFields
        label="By the clock"
        what="builds"
        leastMinutes={5}
        stored={stored.schedule}
        value={schedule}
        errorOf={errorOf}
        onChange={change}
        hint="Only while Frostline runs. After a time without it, a build that was due begins once."
      >
        <Checkbox
          label="Only if pages wait for a build"
          checked={onlyIfChanged}
          onChange={(event) => setOnlyIfChanged(event.currentTarget.checked)}
        />
      </ScheduleFields>
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
