import { useQuery } from '@tanstack/react-query'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { PriceText } from '#renderer/ui/money-text.tsx'
import { tagsQueries } from './queries.ts'
import classes from './tag-panel.module.css'

/** What purging all of it would cost at most. */
export function TagCostFacts({ siteId, tag }: { readonly siteId: string; readonly tag: string }) {
  const cost = useQuery(tagsQueries.cost(siteId, tag))
  if (cost.isError) return <FailureNote {...describeFailure(cost.error)} onTryAgain={() => void cost.refetch()} />
  if (!cost.data) return null
  const { items, itemCount, pages, alsoCold, priceMicroDollars, allowanceBefore, allowanceAtMost, notes } = cost.data
  return (
    <section aria-label="What purging it would cost" className={classes.section}>
      <h3>If all of it changed, a purge would need at most</h3>
      <FactList
        facts={{
          Items: (
            <>
              {formatCount(itemCount)} for {countOf(pages, 'page')}
              {itemCount > 0 && (
                <span className={classes.items} title={items.join('\n')}>
                  {items.slice(0, 3).join(', ')}
                  {itemCount > 3 && ` and ${formatCount(itemCount - 3)} more`}
                </span>
              )}
            </>
          ),
          Price: (
            <PriceText microDollars={priceMicroDollars} items={itemCount} freeBefore={allowanceBefore} atMost={allowanceAtMost} />
          ),
          'Other pages that go cold': formatCount(alsoCold),
        }}
      />
      {notes.map((note) => (
        <p key={note} className={classes.quiet}>
          {note}
        </p>
      ))}
    </section>
  )
}
