import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { CancelPlanButton } from './cancel-plan-button.tsx'
import { DraftActs } from './draft-acts.tsx'
import { allowanceWords, mayCancel } from './plan-words.ts'
import classes from './plan-screen.module.css'

/** The allowance before and after, and the acts. A plan that cannot start says why beside its button. */
export function PlanFooter({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const title = plan.purge.allowanceAtMost ? 'Purges sent by others are not all known, so there may be fewer.' : undefined
  return (
    <footer className={classes.footer}>
      <span className={classes.quiet} title={title}>
        {allowanceWords(plan.purge)}
      </span>
      {mayAct && plan.state === 'draft' && <DraftActs plan={plan} />}
      {mayAct && mayCancel(plan) && (
        <span className={classes.buttons}>
          <CancelPlanButton plan={plan} />
        </span>
      )}
    </footer>
  )
}
