import { Button, Modal, NumberInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { CheckSettings } from '#shared/inspection-runs.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { ScheduleFields } from '#renderer/ui/schedule-fields.tsx'
import { useSaveCheckSettings } from './mutations.ts'
import classes from './check-settings-dialog.module.css'

interface CheckSettingsDialogProps {
  readonly siteId: string
  readonly stored: CheckSettings
  readonly onClose: () => void
}

/** How hard a site may be asked, what a check may cost, and when it is checked by itself. */
export function CheckSettingsDialog({ siteId, stored, onClose }: CheckSettingsDialogProps) {
  const [parallel, setParallel] = useState<number | string>(stored.parallel)
  const [perSecond, setPerSecond] = useState<number | string>(stored.perSecond ?? '')
  const [renders, setRenders] = useState<number | string>(stored.rendersAtMost)
  const [schedule, setSchedule] = useState(stored.schedule)
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
        <ScheduleFields
          label="Check the whole site by itself"
          what="checks"
          leastMinutes={1}
          stored={stored.schedule}
          value={schedule}
          errorOf={errorOf}
          onChange={setSchedule}
          hint="Only while Frostline runs. After a time without it, a check that was due starts once. The limit of renders holds for it, too."
        />
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
