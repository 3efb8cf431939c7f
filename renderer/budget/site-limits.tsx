import { Button, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { SiteLimits, type Budget } from '#shared/budget.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LeaveGuard } from '#renderer/ui/leave-guard.tsx'
import { useSaveSiteLimits } from './mutations.ts'
import { readCount, typedCount } from './settings-values.ts'
import classes from './budget.module.css'

const FIELDS = { softLimit: 'Ask when this site passes', hardStop: 'Stop this site at' } as const

/** Limits of this site alone, so that one site cannot use up what all share. */
export function SiteLimitsCard({ part }: { readonly part: NonNullable<Budget['site']> }) {
  const site = useSite()
  const { mayOwn } = useAccess()
  const [typed, setTyped] = useState<Record<keyof SiteLimits, string> | null>(null)
  const [wrong, setWrong] = useState<Partial<Record<string, string>>>({})
  const save = useSaveSiteLimits(() => setTyped(null))
  const values = typed ?? { softLimit: typedCount(part.softLimit), hardStop: typedCount(part.hardStop) }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const read = SiteLimits.safeParse({ softLimit: readCount(values.softLimit), hardStop: readCount(values.hardStop) })
    setWrong(read.success ? {} : Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message])))
    if (read.success) save.mutate({ siteId: site.id, ...read.data })
  }
  const failure = save.isError ? describeFailure(save.error) : null
  return (
    <section className={classes.card} aria-label="Limits of this site">
      <h2>{site.name} alone</h2>
      <FactList facts={{ 'Used this month': countOf(part.used, 'item'), Reserved: countOf(part.reserved, 'item') }} />
      {mayOwn ? (
        <form onSubmit={submit} className={classes.form} noValidate>
          {(['softLimit', 'hardStop'] as const).map((field) => (
            <TextInput
              key={field}
              label={FIELDS[field]}
              placeholder="no limit"
              inputMode="numeric"
              value={values[field]}
              error={wrong[field]}
              onChange={(event) => setTyped({ ...values, [field]: event.currentTarget.value })}
            />
          ))}
          {typed !== null && <LeaveGuard what="this site’s limits" unsaved />}
          {failure && <FailureNote message={failure.message} fix={failure.fix} />}
          <div className={classes.buttons}>
            <Button type="submit" disabled={typed === null} loading={save.isPending}>
              Save limits
            </Button>
          </div>
        </form>
      ) : (
        <FactList
          facts={{
            'Ask above': part.softLimit === null ? 'no limit' : countOf(part.softLimit, 'item'),
            'Stop at': part.hardStop === null ? 'no stop' : countOf(part.hardStop, 'item'),
          }}
        />
      )}
    </section>
  )
}
