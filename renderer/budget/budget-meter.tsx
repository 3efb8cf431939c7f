import { dollarsText, priceOf, type Budget } from '#shared/budget.ts'
import type { AccountReading } from '#shared/budget-account.ts'
import type { Forecast } from '#shared/budget-forecast.ts'
import { countOf, formatCount, formatMoney } from '#renderer/ui/format.ts'
import { StackBar } from '#renderer/ui/stack-bar.tsx'
import { AccountReadingLine } from './account-reading.tsx'
import { budgetWords } from './budget-line.tsx'
import { bandWords, chanceWords } from './forecast-words.ts'
import { meterMarks } from './meter-marks.ts'
import { SourceLegend } from './source-legend.tsx'
import { SOURCES } from './source-words.ts'
import classes from './budget.module.css'

interface BudgetMeterProps {
  readonly budget: Budget
  readonly reading: AccountReading
  readonly forecast: Forecast | null
}

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

/** The month so far: whose items were used, what is reserved, where it may end, and what comes next costs. */
export function BudgetMeter({ budget, reading, forecast }: BudgetMeterProps) {
  const { used, reserved, allowance } = budget
  const taken = used + reserved
  const left = Math.max(0, allowance - taken)
  const band = forecast?.kind === 'known' ? forecast : null
  const marks = meterMarks(budget)
  const here = Math.max(0, used - reading.elsewhere - reading.outside)
  const part = (key: 'here' | 'elsewhere' | 'outside', value: number) => ({
    key,
    value,
    colour: SOURCES[key].colour,
    title: `${SOURCES[key].says}: ${countOf(value, 'item')}`,
  })
  return (
    <section className={classes.card} aria-label="This month">
      <div className={classes.headline}>{budgetWords(budget)}</div>
      <StackBar
        label={`${budgetWords(budget)}, ${formatCount(reserved)} reserved${band ? `. ${bandWords(band)}` : ''}`}
        whole={Math.max(allowance, taken, band?.high ?? 0, ...marks.map(({ at }) => at))}
        parts={[
          part('here', here),
          part('elsewhere', reading.elsewhere),
          part('outside', reading.outside),
          {
            key: 'reserved',
            value: reserved,
            colour: 'var(--fl-violet)',
            pale: true,
            title: `${countOf(reserved, 'item')} reserved by plans that have started`,
          },
        ]}
        marks={marks}
        {...(band ? { band: { from: band.low, to: band.high, title: bandWords(band) } } : {})}
      />
      <div className={classes.belowBar} data-marked={marks.some(({ above }) => !above) || undefined}>
        <SourceLegend />
        {reading.outside > 0 && <span className={classes.outside}>Outside Frostline: {countOf(reading.outside, 'item')}</span>}
      </div>
      <dl className={classes.numbers}>
        <Number name="Used" value={formatCount(used)} />
        <Number name="Reserved" value={formatCount(reserved)} />
        <Number name="Free ones left" value={`${budget.reconciled ? '' : 'at most '}${formatCount(left)}`} />
        <Number
          name="Price so far"
          value={`${budget.reconciled || used === 0 ? '' : 'at least '}${dollarsText(priceOf(used, 0, budget))}`}
        />
        <Number name="The next item" value={formatMoney(priceOf(1, taken, budget))} />
      </dl>
      {forecast && (
        <p className={classes.quiet}>
          {bandWords(forecast)} {chanceWords(budget)}
        </p>
      )}
      <AccountReadingLine reading={reading} reconciled={budget.reconciled} />
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
