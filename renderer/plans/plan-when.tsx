import { Button } from '@mantine/core'
import { WHEN, type PlanWhen } from '#shared/plan-choices.ts'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { useRevisePlan } from './mutations.ts'
import { VisitLimitsForm } from './visit-limits-form.tsx'
import { offerLines, savingWords, meansWords, WHEN_NAMES } from './when-words.ts'
import { WhenSwitch } from './when-switch.tsx'
import classes from './plan-when.module.css'

/** Now, when visited or not at all: three columns with the pages that each was chosen for, and what it costs. */
export function PlanWhenColumns({ plan, when }: { readonly plan: Plan; readonly when: PlanWhen }) {
  const { mayAct } = useAccess()
  const revise = useRevisePlan()
  const nowMs = useNow()
  const disabled = !mayAct || revise.isPending
  const saving = savingWords(when)
  const mayBeLess = plan.build.wanted || plan.refresh.wanted
  return (
    <section className={classes.box} aria-label="When the pages are purged">
      <p className={classes.group}>When the pages are purged</p>
      <div className={classes.columns}>
        {WHEN.map((choice) => {
          const { pages } = when.chosen[choice]
          const isAll = pages === when.pages
          const lines = offerLines(choice, pages === 0 ? when.ifAll[choice] : when.chosen[choice], nowMs, mayBeLess)
          return (
            <section key={choice} className={classes.column} data-chosen={pages > 0 || undefined} aria-label={WHEN_NAMES[choice]}>
              <div className={classes.head}>
                <h3 className={classes.name}>{WHEN_NAMES[choice]}</h3>
                <span className={classes.count}>{countOf(pages, 'page')}</span>
              </div>
              {pages === 0 && (
                <span className={classes.quiet}>{when.pages === 1 ? 'It would be:' : `For all ${formatCount(when.pages)}:`}</span>
              )}
              <span className={classes.price}>{lines[0]}</span>
              {lines.slice(1).map((line) => line !== '' && <span key={line}>{line}</span>)}
              <span className={classes.quiet}>{meansWords(choice, pages === 0 ? when.pages : pages)}</span>
              {choice === 'when-visited' && pages > when.visits.mostItems && (
                <span>{formatCount(when.visits.mostItems)} of them on visits at most; the rest is purged at the end.</span>
              )}
              {choice === 'when-visited' && pages > 0 && (
                <VisitLimitsForm
                  key={`${when.visits.mostItems} ${when.visits.lastsSeconds}`}
                  planId={plan.id}
                  limits={when.visits}
                  disabled={disabled}
                />
              )}
              {!isAll && mayAct && (
                <Button
                  className={classes.all}
                  variant="default"
                  size="compact-sm"
                  disabled={disabled}
                  onClick={() => revise.mutate({ planId: plan.id, when: { choice } })}
                >
                  {when.pages === 1 ? 'Choose' : `Choose for all ${formatCount(when.pages)}`}
                </Button>
              )}
            </section>
          )
        })}
      </div>
      {(saving !== '' || when.last !== null) && (
        <div className={classes.under}>
          <span aria-live="polite">{saving}</span>
          {mayAct && when.last !== null && (
            <Button
              variant="subtle"
              size="compact-sm"
              disabled={disabled}
              onClick={() => revise.mutate({ planId: plan.id, undoWhen: true })}
            >
              Undo “{when.last}”
            </Button>
          )}
        </div>
      )}
      {mayAct && when.classes.length > 0 && (
        <Disclosure label="Choose by tag class">
          <ul className={classes.classes}>
            {when.classes.map(({ tagClass, pages, choice }) => (
              <li key={tagClass}>
                <code>{tagClass}</code>
                <span className={classes.quiet}>{countOf(pages, 'page')}</span>
                <WhenSwitch
                  label={`When pages with ${tagClass} are purged`}
                  chosen={choice === 'mixed' ? null : choice}
                  disabled={disabled}
                  onChoose={(next) => revise.mutate({ planId: plan.id, when: { choice: next, tagClass } })}
                />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </section>
  )
}
