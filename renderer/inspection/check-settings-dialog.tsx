import { Button, Modal, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { CheckSchedule, CheckSettings } from '#shared/inspection-runs.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { useSaveCheckSettings } from './mutations.ts'
import classes from './check-settings-dialog.module.css'

interface CheckSettingsDialogProps {
  readonly siteId: string
  readonly stored: CheckSettings
  readonly onClose: () => void
}

const KINDS = [
  { value: 'off', label: 'Off' },
  { value: 'every', label: 'Every …' },
  { value: 'cron', label: 'By calendar' },
]

/** How hard a site may be asked, what a check may cost, and when it is checked by itself. */
export function CheckSettingsDialog({ siteId, stored, onClose }: CheckSettingsDialogProps) {
  const [parallel, setParallel] = useState<number | string>(stored.parallel)
  const [perSecond, setPerSecond] = useState<number | string>(stored.perSecond ?? '')
  const [renders, setRenders] = useState<number | string>(stored.rendersAtMost)
  const [schedule, setSchedule] = useState<CheckSchedule>(stored.schedule)
  const save = useSaveCheckSettings(onClose)
  const failure = save.isError ? describeFailure(save.error) : null
  const errorOf = (field: string) => (failure?.field === `settings.${field}` ? failure.message : undefined)
  const inPlace = ['parallel', 'perSecond', 'rendersAtMost', 'schedule.minutes', 'schedule.cron', 'schedule.timeZone'].some(
    errorOf,
  )
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate({
      siteId,
      settings: {
        parallel: Number(parallel),
        perSecond: perSecond === '' ? null : Number(perSecond),
        rendersAtMost: Number(renders),
        schedule,
      },
    })
  }
  return (
    <Modal opened onClose={onClose} title="How this site is checked" size={480}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <div className={classes.pair}>
          <NumberInput
            data-autofocus
            label="Requests at a time"
            min={1}
            max={64}
            value={parallel}
            error={errorOf('parallel')}
            onChange={setParallel}
          />
          <NumberInput
            label="Requests a second"
            placeholder="no limit"
            min={0.1}
            value={perSecond}
            error={errorOf('perSecond')}
            onChange={setPerSecond}
          />
        </div>
        <p className={classes.hint}>
          Over all hosts of the site. When it answers 429, or 503 with Retry-After, checks wait as long as it says.
        </p>
        <NumberInput
          label="Stop a check when the origin has rendered this often"
          min={1}
          thousandSeparator=","
          value={renders}
          error={errorOf('rendersAtMost')}
          onChange={setRenders}
        />
        <fieldset className={classes.schedule}>
          <legend>Check the whole site by itself</legend>
          <SegmentedControl
            fullWidth
            data={KINDS}
            value={schedule.kind}
            aria-label="When"
            onChange={(kind) => setSchedule(kind === stored.schedule.kind ? stored.schedule : usual(kind))}
          />
          {schedule.kind === 'every' && (
            <NumberInput
              label="Minutes between two checks"
              min={1}
              max={43_200}
              value={schedule.minutes}
              error={errorOf('schedule.minutes')}
              onChange={(minutes) => setSchedule({ kind: 'every', minutes: Number(minutes) })}
            />
          )}
          {schedule.kind === 'cron' && (
            <div className={classes.pair}>
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
            </div>
          )}
          <p className={classes.hint}>
            {schedule.kind === 'cron' && 'Five fields: minute, hour, day, month, weekday. '}
            Only while Frostline runs. After a time without it, a check that was due starts once. The limit of renders holds for
            it, too.
          </p>
        </fieldset>
        {failure && !inPlace && <FailureNote message={failure.message} fix={failure.fix} />}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}

function usual(kind: string): CheckSchedule {
  if (kind === 'every') return { kind: 'every', minutes: 60 }
  if (kind === 'cron') return { kind: 'cron', cron: '0 3 * * *', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
  return { kind: 'off' }
}
