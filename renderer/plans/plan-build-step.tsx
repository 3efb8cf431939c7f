import { Switch } from '@mantine/core'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useBuildLog } from '#renderer/lib/use-build-log.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { LogView } from '#renderer/ui/log-view.tsx'
import { Step } from '#renderer/ui/step.tsx'
import { useRevisePlan } from './mutations.ts'

/** Step 1: a purge is worth its price only when the origin has something new to give. */
export function PlanBuildStep({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const revise = useRevisePlan()
  const { build } = plan
  const choosable = plan.state === 'draft' && build.possible && mayAct
  const wanted = revise.isPending ? (revise.variables.build ?? build.wanted) : build.wanted
  return (
    <Step
      number={1}
      title="Make the origin new"
      message={build.message}
      state={plan.state === 'draft' && !build.wanted ? 'skipped' : build.state}
      aside={
        choosable && (
          <Switch
            label="Build first"
            checked={wanted}
            disabled={revise.isPending}
            onChange={(event) => revise.mutate({ planId: plan.id, build: event.currentTarget.checked })}
          />
        )
      }
    >
      {build.buildId !== null && (
        <Disclosure label="Build log">
          <PlanBuildLog buildId={build.buildId} />
        </Disclosure>
      )}
    </Step>
  )
}

function PlanBuildLog({ buildId }: { readonly buildId: string }) {
  const log = useBuildLog(buildId)
  return <LogView lines={log.lines} ended={log.ended} height={220} />
}
