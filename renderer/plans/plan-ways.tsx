import { useId } from 'react'
import type { Plan, PurgeWay } from '#shared/plans.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatMoney, formatPrice } from '#renderer/ui/format.ts'
import { COLD_START_NOTE, coldWords, refillCostWords } from './plan-words.ts'
import { TradeOffCurve } from './trade-off-curve.tsx'
import type { ChosenWay } from './use-purge-way.ts'
import classes from './plan-ways.module.css'

const NAMES: Record<PurgeWay, { readonly name: string; readonly means: string }> = {
  paths: { name: 'Exact', means: 'As few other pages as possible go cold.' },
  auto: { name: 'Balanced', means: 'The cheapest, when a page that goes cold costs a little too.' },
  one: { name: 'Fewest items', means: 'As few items as possible, whatever goes cold.' },
}

interface PlanWaysProps {
  readonly plan: Plan
  readonly way: ChosenWay
  readonly disabled: boolean
}

const UNLISTED_NOTE = 'An item that ends in * also reaches what no list names. Judged by how much of the lists was never checked.'

/** The ready-made ways to purge, each with what it sends, costs and makes cold, on the curve of all ways between them. */
export function PlanWays({ plan: { purge }, way: { chosen, busy, refused, choose }, disabled }: PlanWaysProps) {
  const name = useId()
  return (
    <>
      <p className={classes.group}>
        How to purge <span role="status">{busy && '· working it out…'}</span>
      </p>
      <div className={classes.ways} aria-busy={busy}>
        <fieldset className={classes.cards} disabled={disabled} aria-label="How to purge">
          {purge.ways.map((way) => (
            <label key={way.by} className={classes.card} data-chosen={way.by === chosen || undefined} title={NAMES[way.by].means}>
              <input type="radio" name={name} checked={way.by === chosen} onChange={() => choose(way.by)} />
              <span className={classes.name}>{NAMES[way.by].name}</span>
              <span
                className={classes.items}
                title={formatPrice(way.priceMicroDollars, way.items, purge.allowanceBefore, purge.allowanceAtMost)}
              >
                {purge.atMost && 'at most '}
                {countOf(way.items, 'item')} · {formatMoney(way.priceMicroDollars)}
              </span>
              <span className={way.alsoCold > 0 ? classes.cold : classes.quiet}>{coldWords(way.alsoCold)}</span>
              {way.unlisted > 0 && (
                <span className={classes.quiet} title={UNLISTED_NOTE}>
                  may reach about {countOf(way.unlisted, 'page')} in no list
                </span>
              )}
              {way.refill !== null && way.refill.pages > 0 && (
                <span className={classes.quiet} title={way.refill.renders > 0 ? COLD_START_NOTE : undefined}>
                  {refillCostWords(way.refill)}
                </span>
              )}
            </label>
          ))}
        </fieldset>
        <TradeOffCurve curve={purge.curve} ways={purge.ways} chosen={chosen} />
      </div>
      {refused && <FailureNote message={`It stays at ${NAMES[chosen].name}. ${refused.message}`} fix={refused.fix} />}
    </>
  )
}
