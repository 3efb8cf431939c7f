import { Switch } from '@mantine/core'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useBuildLog } from '#renderer/lib/use-build-log.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { LogView } from '#renderer/ui/log-view.tsx'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { Step } from '#renderer/ui/step.tsx'
import { useRevisePlan } from './mutations.ts'
import { originState } from './plan-words.ts'
import classes from './plan-screen.module.css'

/** Step 1: a purge is worth its price only when the origin has something new to give. */
export function PlanBuildStep({ plan }: { readonly plan: Plan }) {
  const { build, refresh } = plan
  // Where only the renderer is behind, builds have nothing to do with it.
  const onlyRefresh = refresh.needed && !build.needed && !build.wanted
  return (
    <Step
      number={1}
      title="Make the origin new"
      message={onlyRefresh ? refresh.message : build.message}
      state={originState(plan)}
      aside={<Choices plan={plan} />}
    >
      {refresh.needed && !onlyRefresh && <p className={classes.second}>{refresh.message}</p>}
      {refresh.state === 'running' && (
        <div className={classes.progress}>
          <ProgressLine done={refresh.done} total={refresh.total} label="Refreshed pages" />
        </div>
      )}
      {build.buildId !== null && (
        <Disclosure label="Build log">
          <PlanBuildLog buildId={build.buildId} />
        </Disclosure>
      )}
    </Step>
  )
}

/** What is made new first, while it can still be chosen. */
function Choices({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const revise = useRevisePlan()
  const { build, refresh } = plan
  if (plan.state !== 'draft' || !mayAct) return null
  const asked = revise.isPending ? revise.variables : null
  return (
    <div className={classes.choices}>
      {build.possible && (
        <Switch
          label="Build first"
          checked={asked?.build ?? build.wanted}
          disabled={revise.isPending}
          onChange={(event) => revise.mutate({ planId: plan.id, build: event.currentTarget.checked })}
        />
      )}
      {refresh.possible && refresh.needed && (
        <Switch
          label="Refresh first"
          checked={asked?.refresh ?? refresh.wanted}
          disabled={revise.isPending}
          onChange={(event) => revise.mutate({ planId: plan.id, refresh: event.currentTarget.checked })}
        />
      )}
    </div>
  )
}

function PlanBuildLog({ buildId }: { readonly buildId: string }) {
  const log = useBuildLog(buildId)
  return <LogView lines={log.lines} ended={log.ended} height={220} />
}
