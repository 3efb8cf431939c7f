import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf, formatMoney } from '#renderer/ui/format.ts'
import { PriceText } from '#renderer/ui/money-text.tsx'
import { Step } from '#renderer/ui/step.tsx'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { PlanItems } from './plan-items.tsx'
import { PlanWays } from './plan-ways.tsx'
import { PlanWhenColumns } from './plan-when.tsx'
import { usePurgeWay } from './use-purge-way.ts'
import { PlanVisitWatch } from './visit-watch.tsx'
import { coldWords, itemWords, refillCostWords, waysDiffer } from './plan-words.ts'
import classes from './plan-screen.module.css'

/** Step 2: what is sent to the edge, what it costs, and what else it makes cold. */
export function PlanPurgeStep({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const { purge } = plan
  const way = usePurgeWay(plan)
  return (
    <Step number={2} title="Purge" state={purge.state} message={purge.message}>
      {plan.state === 'draft' && waysDiffer(purge) ? (
        <PlanWays plan={plan} way={way} disabled={!mayAct} />
      ) : (
        <PurgeLine plan={plan} />
      )}
      {plan.state === 'draft' && plan.when && <PlanWhenColumns plan={plan} when={plan.when} />}
      {plan.state !== 'draft' && <PlanVisitWatch plan={plan} />}
      {purge.gapMicroDollars > 0 && way.chosen === 'auto' && (
        <p className={classes.quiet}>
          At most {formatMoney(purge.gapMicroDollars)} dearer than the best way there could be; with so many tags not every
          combination is tried.
        </p>
      )}
      {purge.notes.length > 0 && (
        <ul className={classes.notes}>
          {purge.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {purge.leftOutTags.length > 0 && <LeftOutTags tags={purge.leftOutTags} />}
      {purge.items.length > 0 && (
        <Disclosure label={countOf(purge.itemCount, 'item')} startsOpen={purge.items.length <= 5}>
          <PlanItems plan={plan} />
        </Disclosure>
      )}
    </Step>
  )
}

/** What is sent, where there is nothing to choose. */
function PurgeLine({ plan: { purge, counts } }: { readonly plan: Plan }) {
  const later = purge.itemCount === 0 && counts.whenVisited + counts.expires > 0
  const refill = purge.ways.find(({ by }) => by === purge.by)?.refill ?? null
  return (
    <div className={classes.line}>
      <span className={classes.strong}>{later ? 'Nothing is purged at once' : itemWords(purge)}</span>
      {purge.itemCount > 0 && (
        <>
          <span>
            <PriceText
              microDollars={purge.priceMicroDollars}
              items={purge.itemCount}
              freeBefore={purge.allowanceBefore}
              atMost={purge.allowanceAtMost}
            />
          </span>
          <span
            className={purge.alsoCold > 0 ? classes.cold : classes.quiet}
            title="Pages that these items purge although they did not need it; their next visitor waits for the origin."
          >
            {coldWords(purge.alsoCold)}
          </span>
          {refill !== null && refill.pages > 0 && <span className={classes.quiet}>{refillCostWords(refill)}</span>}
        </>
      )}
      {purge.waitsUntilMs !== null && (
        <span className={classes.quiet}>
          goes on <TimeUntil atMs={purge.waitsUntilMs} />
        </span>
      )}
    </div>
  )
}

/** Tags that look as if they could be used, and why they are not. */
function LeftOutTags({ tags }: { readonly tags: Plan['purge']['leftOutTags'] }) {
  return (
    <Disclosure label={`${countOf(tags.length, 'tag')} looked at`}>
      <ul className={classes.notes}>
        {tags.map(({ tag, why }) => (
          <li key={`${tag} ${why}`}>
            <code>{tag}</code> — {why}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
