import { Button, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { dollarsText, type Budget } from '#shared/budget.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LeaveGuard } from '#renderer/ui/leave-guard.tsx'
import { useSaveBudget } from './mutations.ts'
import { fieldOf, readSettings, typedOf, type SettingsErrors, type SettingsValues } from './settings-values.ts'
import classes from './budget.module.css'

/** What was agreed on with the vendor, and when to ask. The owner changes it where it is shown. */
export function BudgetSettings({ budget }: { readonly budget: Budget }) {
  const { mayOwn } = useAccess()
  return (
    <section className={classes.card} aria-label="Settings">
      <h2>Allowance and price</h2>
      {mayOwn ? <SettingsForm budget={budget} /> : <SettingsFacts budget={budget} />}
      <p className={classes.quiet}>
        For {budget.scope}: every site that purges with it. Prices of past purges are shown with these numbers too.
      </p>
    </section>
  )
}

function SettingsFacts({ budget }: { readonly budget: Budget }) {
  return (
    <FactList
      facts={{
        'Free a month': countOf(budget.allowance, 'item'),
        'Then an item': dollarsText(budget.priceMicroDollars),
        'Kept for incidents': countOf(budget.incidentReserve, 'item'),
        'Rendering a page again': dollarsText(budget.refillMicroDollars),
        'Ask above': budget.softLimit === null ? 'no limit' : countOf(budget.softLimit, 'item'),
        'Stop at': budget.hardStop === null ? 'no stop' : countOf(budget.hardStop, 'item'),
      }}
    />
  )
}

function SettingsForm({ budget }: { readonly budget: Budget }) {
  const site = useSite()
  const stored = typedOf(budget)
  const [typed, setTyped] = useState<SettingsValues | null>(null)
  const [wrong, setWrong] = useState<SettingsErrors>({})
  const save = useSaveBudget(() => setTyped(null))
  const values = typed ?? stored
  const failure = save.isError ? describeFailure(save.error) : null
  const refused = failure && fieldOf(failure.field)
  const errorOf = (field: keyof SettingsValues) => wrong[field] ?? (refused === field ? failure?.message : undefined)
  const field = (name: keyof SettingsValues) => ({
    value: values[name],
    error: errorOf(name),
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...values, [name]: event.currentTarget.value }),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const read = readSettings(values)
    setWrong(read.ok ? {} : read.errors)
    if (read.ok) save.mutate({ siteId: site.id, ...read.settings })
  }
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <TextInput label="Free items a month" inputMode="numeric" {...field('allowance')} />
      <TextInput label="Price of each further item" leftSection="$" inputMode="decimal" {...field('price')} />
      <TextInput label="Ask when a plan passes" placeholder="no limit" inputMode="numeric" {...field('softLimit')} />
      <TextInput
        label="Stop at"
        description="Only the owner passes it, with a reason"
        placeholder="no stop"
        inputMode="numeric"
        {...field('hardStop')}
      />
      <TextInput
        label="Keep for incidents"
        description="Free items that nothing automatic uses"
        placeholder="none"
        inputMode="numeric"
        {...field('incidentReserve')}
      />
      <TextInput
        label="Rendering a page again"
        description="What a page that goes cold costs; plans weigh it against items"
        leftSection="$"
        inputMode="decimal"
        {...field('refill')}
      />
      {typed !== null && <LeaveGuard what="the allowance and price" unsaved />}
      {failure && refused === null && <FailureNote message={failure.message} fix={failure.fix} />}
      <div className={classes.buttons}>
        <Button type="submit" disabled={typed === null} loading={save.isPending}>
          Save
        </Button>
        {typed !== null && (
          <Button
            variant="default"
            onClick={() => {
              setTyped(null)
              setWrong({})
              save.reset()
            }}
          >
            Undo
          </Button>
        )}
      </div>
    </form>
  )
}
