import { dollarsText, priceOf, type Budget } from '#shared/budget.ts'
import { countOf, formatCount, formatMoney } from '#renderer/ui/format.ts'
import { StackBar } from '#renderer/ui/stack-bar.tsx'
import { budgetWords } from './budget-line.tsx'
import classes from './budget.module.css'

/** The month so far at an edge that does not charge: there is nothing to run out of. */
export function FreeMeter({ budget }: { readonly budget: Budget }) {
  return (
    <section className={classes.card} aria-label="This month">
      <div className={classes.headline}>{budgetWords(budget)}</div>
      <p className={classes.quiet}>
        {budget.reserved > 0 && `${countOf(budget.reserved, 'more purge', 'more purges')} reserved by plans that have started. `}
        Purges that others sent are not known here: {budget.vendor} keeps no list of them.
      </p>
    </section>
  )
}

/** The month so far: what was used, what is reserved, what is left, and what comes next costs. */
export function BudgetMeter({ budget }: { readonly budget: Budget }) {
  const { used, reserved, allowance, softLimit } = budget
  const taken = used + reserved
  const charged = Math.max(0, used - allowance)
  const left = Math.max(0, allowance - taken)
  const spent = priceOf(used, 0, budget)
  const next = priceOf(1, taken, budget)
  return (
    <section className={classes.card} aria-label="This month">
      <div className={classes.headline}>{budgetWords(budget)}</div>
      <StackBar
        label={`${budgetWords(budget)}, ${formatCount(reserved)} reserved`}
        whole={Math.max(allowance, taken, softLimit ?? 0)}
        parts={[
          {
            key: 'free',
            value: used - charged,
            colour: 'var(--fl-accent)',
            title: `${countOf(used - charged, 'free purge')} used`,
          },
          {
            key: 'charged',
            value: charged,
            colour: 'var(--fl-amber)',
            title: `${countOf(charged, 'purge')} beyond the allowance`,
          },
          {
            key: 'reserved',
            value: reserved,
            colour: 'var(--fl-violet)',
            pale: true,
            title: `${countOf(reserved, 'purge')} reserved by plans that have started`,
          },
        ]}
        marks={[
          ...(taken > allowance || (softLimit ?? 0) > allowance
            ? [{ key: 'allowance', at: allowance, says: `${formatCount(allowance)} free`, above: true }]
            : []),
          ...(softLimit === null ? [] : [{ key: 'limit', at: softLimit, says: `asks above ${formatCount(softLimit)}` }]),
        ]}
      />
      <dl className={classes.numbers} data-marked={softLimit !== null || undefined}>
        <Number name="Used" value={formatCount(used)} />
        <Number name="Reserved" value={formatCount(reserved)} />
        <Number name="Free ones left" value={`${budget.reconciled ? '' : 'at most '}${formatCount(left)}`} />
        <Number name="Price so far" value={`${budget.reconciled ? '' : 'at least '}${dollarsText(spent)}`} />
        <Number name="The next item" value={formatMoney(next)} />
      </dl>
      {!budget.reconciled && (
        <p className={classes.quiet}>
          At least, until the account is reconciled: purges that others sent with it are not known here.
        </p>
      )}
    </section>
  )
}

function Number({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
