import { NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RuleInput } from '#shared/hook-rules.ts'
import type { Delivery, RuleTrial } from '#shared/hooks.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatAgo } from '#renderer/ui/format.ts'
import { PriceText } from '#renderer/ui/money-text.tsx'
import { whatOf } from './delivery-words.tsx'
import { hooksQueries } from './queries.ts'
import classes from './rules.module.css'

const PAUSE_MS = 300

/** What the rule, as it stands in the form, would do with something that was delivered. */
export function RuleTrialBox({ siteId, rule }: { readonly siteId: string; readonly rule: RuleInput }) {
  const nowMs = useNow()
  const latest = useQuery(hooksQueries.latest(siteId))
  const usable = (latest.data?.rows ?? []).filter(({ state }) => state === 'done')
  const [chosen, setChosen] = useState<number | null>(null)
  const deliveryId = chosen ?? usable.find(({ sourceId }) => rule.sourceId === null || sourceId === rule.sourceId)?.id ?? null
  const [asked] = useDebouncedValue(rule, PAUSE_MS)
  const trial = useQuery({ ...hooksQueries.trial(deliveryId ?? 0, asked), enabled: deliveryId !== null })
  if (latest.data && usable.length === 0)
    return <p className={classes.help}>Once something was delivered, the rule can be tried on it here before it is saved.</p>
  return (
    <section className={classes.trial} aria-label="Dry run">
      <div className={classes.line}>
        <h3>Dry run on</h3>
        <NativeSelect
          className={classes.grows}
          aria-label="Delivery to try it on"
          value={String(deliveryId ?? '')}
          data={usable.map((row) => ({ value: String(row.id), label: `${nameOf(row)}, ${formatAgo(row.atMs, nowMs)}` }))}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        />
      </div>
      {trial.isError && <FailureNote {...describeFailure(trial.error)} />}
      {trial.data && <Outcome trial={trial.data} />}
    </section>
  )
}

/** In the words of the list of deliveries. */
function nameOf(delivery: Delivery): string {
  return [delivery.sourceName, whatOf(delivery)].filter((part) => part !== '').join(' · ')
}

function Outcome({ trial }: { readonly trial: RuleTrial }) {
  if (trial.whyNot !== null) return <p>Would do nothing. {trial.whyNot}</p>
  return (
    <>
      <ul>
        {trial.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      {trial.purge && (
        <p>
          At most {countOf(trial.purge.items, 'purge')},{' '}
          <PriceText
            microDollars={trial.purge.priceMicroDollars}
            items={trial.purge.items}
            freeBefore={trial.purge.allowanceBefore}
            atMost={trial.purge.allowanceAtMost}
          />
          ; {countOf(trial.purge.alsoCold, 'other page')} {trial.purge.alsoCold === 1 ? 'goes' : 'go'} cold.
        </p>
      )}
      <p className={classes.quiet}>Nothing of this was done.</p>
    </>
  )
}
