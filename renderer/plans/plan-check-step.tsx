import { useInfiniteQuery } from '@tanstack/react-query'
import type { Plan } from '#shared/plans.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { Step } from '#renderer/ui/step.tsx'
import { RESULT_WORDS } from './plan-words.ts'
import { plansQueries } from './queries.ts'
import classes from './plan-screen.module.css'

const NAMED_AT_MOST = 20

/** Step 3: whether visitors get the new version now, seen from here. */
export function PlanCheckStep({ plan }: { readonly plan: Plan }) {
  const { check } = plan
  const here = check.vantage === null ? '' : ` from here (${check.vantage})`
  const begun = check.done > 0 || check.state === 'running'
  return (
    <Step number={3} title="Check" state={check.state} message={check.message}>
      {begun && (
        <>
          {check.state !== 'running' && check.done > 0 && (
            <div className={classes.line}>
              <span className={classes.strong}>
                {formatCount(check.newVersion)} of {countOf(check.total, 'page')} show the new version{here}
              </span>
            </div>
          )}
          {check.state === 'running' && (
            <div className={classes.progress}>
              <ProgressLine done={check.done} total={check.total} label="Checked pages" />
            </div>
          )}
        </>
      )}
      {check.done > check.newVersion && <NotNew planId={plan.id} />}
    </Step>
  )
}

/** The pages that do not show the new version, or wait for another check, by name: a count alone would leave somebody searching. */
function NotNew({ planId }: { readonly planId: string }) {
  const pages = useInfiniteQuery(plansQueries.pages(planId, ['purge', 'after-build', 'after-refresh']))
  const rows = pages.data?.pages.flatMap((part) => part.rows) ?? []
  const missing = rows.filter(({ result, resultReason }) =>
    result === null ? resultReason !== null : result !== 'new-version' && result !== 'untouched',
  )
  return (
    <ul className={classes.missing} aria-label="Pages without the new version">
      {missing.slice(0, NAMED_AT_MOST).map((row) => (
        <li key={`${row.zoneHost ?? ''}${row.path}`}>
          <code>{row.path}</code>
          {[row.result && RESULT_WORDS[row.result], row.resultReason].filter(Boolean).join(': ')}
        </li>
      ))}
      {missing.length > NAMED_AT_MOST && <li>and {formatCount(missing.length - NAMED_AT_MOST)} more, in the list below</li>}
    </ul>
  )
}
