import { NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { CheckSchedule } from '#shared/inspection-runs.ts'
import classes from './schedule-fields.module.css'

interface ScheduleFieldsProps {
  readonly label: string
  /** What runs by itself: "builds". */
  readonly what: string
  readonly leastMinutes: number
  /** Comes back when its kind is chosen again. */
  readonly stored: CheckSchedule
  readonly value: CheckSchedule
  /** What is wrong with `schedule.minutes`, `schedule.cron` or `schedule.timeZone`. */
  readonly errorOf: (field: string) => string | undefined
  readonly onChange: (schedule: CheckSchedule) => void
  /** What happens to one that was due while Frostline did not run. */
  readonly hint: string
  readonly children?: ReactNode
}

const KINDS = [
  { value: 'off', label: 'Off' },
  { value: 'every', label: 'Every …' },
  { value: 'cron', label: 'By calendar' },
]

/** When something runs by itself: not at all, every so many minutes, or by a cron expression. */
export function ScheduleFields({
  label,
  what,
  leastMinutes,
  stored,
  value,
  errorOf,
  onChange,
  hint,
  children,
}: ScheduleFieldsProps) {
  return (
    <fieldset className={classes.schedule}>
      <legend>{label}</legend>
      <SegmentedControl
        fullWidth
        data={KINDS}
        value={value.kind}
        aria-label={label}
        onChange={(kind) => onChange(kind === stored.kind ? stored : usual(kind))}
      />
      {value.kind === 'every' && (
        <NumberInput
          label={`Minutes between two ${what}`}
          min={leastMinutes}
          max={43_200}
          value={value.minutes}
          error={errorOf('schedule.minutes')}
          onChange={(minutes) => onChange({ kind: 'every', minutes: Number(minutes) })}
        />
      )}
      {value.kind === 'cron' && (
        <div className={classes.pair}>
          <TextInput
            label="Cron expression"
            value={value.cron}
            error={errorOf('schedule.cron')}
            onChange={(event) => onChange({ ...value, cron: event.currentTarget.value })}
          />
          <TextInput
            label="Time zone"
            value={value.timeZone}
            error={errorOf('schedule.timeZone')}
            onChange={(event) => onChange({ ...value, timeZone: event.currentTarget.value })}
          />
        </div>
      )}
      {value.kind !== 'off' && children}
      {value.kind !== 'off' && (
        <p className={classes.hint}>
          {value.kind === 'cron' && 'Five fields: minute, hour, day, month, weekday. '}
          {hint}
        </p>
      )}
    </fieldset>
  )
}

function usual(kind: string): CheckSchedule {
  if (kind === 'every') return { kind: 'every', minutes: 60 }
  if (kind === 'cron') return { kind: 'cron', cron: '0 3 * * *', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
  return { kind: 'off' }
}
