import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { ListedDistribution } from '#shared/add-site.ts'
import { DistributionId } from '#shared/sites.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { InView } from '#renderer/ui/in-view.tsx'
import { sitesQueries } from '../queries.ts'
import { useTryPermissions } from './calls.ts'
import { DistributionList } from './distribution-list.tsx'
import { Permissions } from './permissions.tsx'
import { Policy } from './policy.tsx'
import { StepFrame } from './step-frame.tsx'
import type { StepProps } from './step-props.ts'
import { accessOf, lackingIn } from './steps.ts'
import { namesByHost, takenOf, TakenZones } from './taken-zones.tsx'
import { ZoneList } from './zone-list.tsx'
import { zonesOfAliases } from './zones-of.ts'
import classes from './add-site.module.css'

/** Which distribution serves the site, which hosts belong to it, and what may be done there. */
export function ZonesStep({ state, onNext, onBack, addNow }: StepProps) {
  const { draft, setValues } = state
  const { values, distributions, look } = draft
  const attempt = useTryPermissions()
  const failure = attempt.isError ? describeFailure(attempt.error) : null
  const onCloudFront = values.edgeKind === 'cloudfront'
  const id = DistributionId.safeParse(values.distributionId)
  const zones = values.addresses.split('\n').filter(Boolean)
  const names = namesByHost(useQuery(sitesQueries.list()).data ?? [])
  const taken = takenOf(zones, names)
  const chosen = distributions?.find((one) => one.id === values.distributionId)
  const wildcards = chosen?.aliases.filter((alias) => alias.startsWith('*.')) ?? []
  const choose = ({ id: chosenId, aliases }: ListedDistribution) => {
    attempt.reset()
    setValues({ distributionId: chosenId, addresses: zonesOfAliases(aliases, look?.url ?? '').zones.join('\n') })
  }
  const refused =
    failure !== null || attempt.data?.permissions.some(({ state: is }) => is === 'missing' || is === 'failed') === true
  const lacksPermission =
    attempt.data?.permissions.some((one) => one.state === 'missing') === true &&
    !attempt.data.permissions.some((one) => one.wrongId)
  const test = () =>
    id.success &&
    attempt.mutate({
      access: accessOf(values),
      distributionId: id.data,
      wants: { rollBack: draft.rollBack, countOthers: draft.countOthers },
    })
  return (
    <StepFrame
      title={onCloudFront ? 'Distribution and zones' : 'Zones'}
      says="A zone is one host of the site. All of them share what is purged: a purge names no host."
      button="Continue"
      lacks={
        lackingIn('zones', draft) ??
        (taken.length > 0 ? 'Leave out the zones of other sites.' : null) ??
        (onCloudFront && !id.success ? 'Correct the id of the distribution.' : null)
      }
      onNext={onNext}
      onBack={onBack}
      more={refused && addNow ? <DespiteTest>{addNow}</DespiteTest> : addNow}
    >
      {onCloudFront && distributions !== null && distributions.length > 0 && (
        <DistributionList distributions={distributions} chosen={values.distributionId} onChoose={choose} />
      )}
      {onCloudFront && (
        <TextInput
          label={distributions !== null && distributions.length > 0 ? 'Or its id' : 'Distribution id'}
          placeholder="E2QWRUHAPOMQZL"
          spellCheck={false}
          value={values.distributionId}
          onChange={({ currentTarget: { value } }) => {
            attempt.reset()
            setValues({ distributionId: value })
          }}
          error={values.distributionId === '' || id.success ? undefined : id.error.issues[0]?.message}
        />
      )}
      {onCloudFront && distributions !== null && values.distributionId === '' && look !== null && (
        <p className={classes.quiet}>
          No distribution of this account has {new URL(look.url).host} as an alias. Choose the one that serves it, or go back and
          use the credentials of the account that has it.
        </p>
      )}
      <ZoneList zones={zones} names={names} onChange={(all) => setValues({ addresses: all.join('\n') })} />
      {taken.length > 0 && (
        <TakenZones
          taken={taken}
          onLeaveOut={() => setValues({ addresses: zones.filter((zone) => !taken.some((one) => one.zone === zone)).join('\n') })}
        />
      )}
      {wildcards.length > 0 && (
        <p className={classes.quiet}>
          {wildcards.join(', ')} stands for any host with one name in front. Frostline asks hosts by name, so paste those that
          have pages.
        </p>
      )}
      {onCloudFront && (
        <>
          <div className={classes.row}>
            <Button variant="default" disabled={!id.success} loading={attempt.isPending} onClick={test}>
              Test connection
            </Button>
            <span className={classes.quiet}>Tries every call that is needed, and changes nothing.</span>
          </div>
          {(failure ?? attempt.data) && (
            <InView key={attempt.submittedAt}>
              {failure && (
                <FailureNote message={failure.message} fix={failure.fix} onTryAgain={failure.retryable ? test : undefined} />
              )}
              {attempt.data && <Permissions permissions={attempt.data.permissions} />}
            </InView>
          )}
          <Disclosure key={String(lacksPermission)} label="What to allow: the smallest IAM policy" startsOpen={lacksPermission}>
            <Policy state={state} />
          </Disclosure>
        </>
      )}
    </StepFrame>
  )
}

/** A test that failed has just been read: what it means is said before the site is added all the same. */
function DespiteTest({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState(false)
  if (!asked)
    return (
      <Button variant="default" onClick={() => setAsked(true)}>
        Add now…
      </Button>
    )
  return (
    <>
      <span role="status">The test failed: what was refused does not work until it is mended.</span>
      {children}
    </>
  )
}
