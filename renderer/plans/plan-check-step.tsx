import type { Plan } from '#shared/plans.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { Step } from '#renderer/ui/step.tsx'
import { NotNew } from './not-new.tsx'
import classes from './plan-screen.module.css'

/** Step 3: whether visitors get the new version now, seen from here. */
export function PlanCheckStep({ plan }: { readonly plan: Plan }) {
  const { check } = plan
  const here = check.vantage === null ? '' : ` from here (${check.vantage})`
  const begun = check.done > 0 || check.state === 'running'
  const isSample = check.purged > check.total
  return (
    <Step number={3} title="Check" state={check.state} message={check.message}>
      {begun && (
        <>
          {check.state !== 'running' && check.done > 0 && (
            <div className={classes.line}>
              <span className={classes.strong}>
                {formatCount(check.newVersion)} of {countOf(check.total, 'page')} {check.newVersion === 1 ? 'shows' : 'show'}{' '}
                {plan.goesBack ? 'the older release' : 'the new version'}
                {here}
              </span>
              {isSample && (
                <span className={classes.quiet}>
                  checked {formatCount(check.total)} of {countOf(check.purged, 'purged page')}
                </span>
              )}
              {check.cold.checked > 0 && (
                <span className={check.cold.right < check.cold.checked ? classes.cold : classes.quiet}>
                  {formatCount(check.cold.right)} of {countOf(check.cold.checked, 'other page')} that went cold{' '}
                  {check.cold.checked === 1 ? 'is' : 'are'} right
                </span>
              )}
            </div>
          )}
          {check.state === 'running' && (
            <div className={classes.progress}>
              <ProgressLine done={check.done} total={check.total} label="Checked pages" />
            </div>
          )}
        </>
      )}
      {check.done > check.newVersion && <NotNew plan={plan} />}
    </Step>
  )
}
