import { NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import type { VisitLimits } from '#shared/plan-choices.ts'
import { useRevisePlan } from './mutations.ts'
import { VISIT_TIMES } from './when-words.ts'
import classes from './plan-when.module.css'

interface VisitLimitsFormProps {
  readonly planId: string
  readonly limits: VisitLimits
  readonly disabled: boolean
}

/** Purging on visits ends in two ways: by a number of items, and by a date after which the rest is purged. */
export function VisitLimitsForm({ planId, limits, disabled }: VisitLimitsFormProps) {
  const revise = useRevisePlan()
  const [mostItems, setMostItems] = useState<number | string>(limits.mostItems)
  const times = VISIT_TIMES.some(({ value }) => value === String(limits.lastsSeconds))
    ? [...VISIT_TIMES]
    : [...VISIT_TIMES, { value: String(limits.lastsSeconds), label: `${limits.lastsSeconds} s` }]
  const save = (change: Partial<VisitLimits>) => revise.mutate({ planId, visits: { ...limits, ...change } })
  const saveMost = () => {
    if (typeof mostItems === 'number' && mostItems >= 1 && mostItems !== limits.mostItems) save({ mostItems })
  }
  return (
    <div className={classes.limits}>
      <NumberInput
        label="At most, in items"
        size="xs"
        min={1}
        max={100_000}
        allowDecimal={false}
        thousandSeparator=","
        value={mostItems}
        onChange={setMostItems}
        onBlur={saveMost}
        onKeyDown={(event) => event.key === 'Enter' && saveMost()}
        disabled={disabled}
      />
      <Select
        label="The rest after"
        size="xs"
        allowDeselect={false}
        data={times}
        value={String(limits.lastsSeconds)}
        onChange={(value) => value !== null && save({ lastsSeconds: Number(value) })}
        disabled={disabled}
      />
    </div>
  )
}
