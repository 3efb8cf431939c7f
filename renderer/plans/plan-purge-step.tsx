import type { Plan, PlanItem } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf, formatCount, formatMoney } from '#renderer/ui/format.ts'
import { PriceText } from '#renderer/ui/money-text.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { Step } from '#renderer/ui/step.tsx'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { useRevisePlan } from './mutations.ts'
import { PlanWays } from './plan-ways.tsx'
import { coldWords, itemWords } from './plan-words.ts'
import classes from './plan-screen.module.css'

const KIND_WORDS: Record<PlanItem['kind'], string> = { path: 'one path', prefix: 'everything below', tag: 'tag' }
/** A plan may have thousands of items; more than this is not read by anyone. */
const ITEMS_SHOWN = 500

const columns: readonly PlainColumn<PlanItem>[] = [
  { key: 'item', header: 'Item', cell: (item) => <code title={item.item}>{item.item}</code> },
  { key: 'kind', header: 'Kind', width: 150, cell: (item) => KIND_WORDS[item.kind] },
  { key: 'pages', header: 'Pages', width: 100, align: 'right', cell: (item) => countOf(item.pages, 'page') },
  {
    key: 'cold',
    header: 'Also cold',
    width: 130,
    align: 'right',
    cell: (item) => (item.alsoCold === 0 ? 'none' : countOf(item.alsoCold, 'other page')),
  },
]

/** After the check: what each item did, as far as it was looked at. */
const verdictColumn: PlainColumn<PlanItem> = {
  key: 'verdict',
  header: 'Seen by the check',
  width: 330,
  cell: ({ verdict }) =>
    verdict === undefined ? (
      <span className={classes.quiet}>none of its pages was checked</span>
    ) : (
      <span className={verdict.ok ? undefined : classes.cold} title={verdict.says}>
        {verdict.says}
      </span>
    ),
}

/** Step 2: what is sent to the edge, what it costs, and what else it makes cold. */
export function PlanPurgeStep({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const revise = useRevisePlan()
  const { purge } = plan
  const isChecked = purge.items.some(({ verdict }) => verdict !== undefined)
  const by = revise.isPending ? (revise.variables.by ?? purge.by) : purge.by
  return (
    <Step number={2} title="Purge" state={purge.state} message={purge.message}>
      <div className={classes.line}>
        <span className={classes.strong}>{itemWords(purge)}</span>
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
          </>
        )}
        {purge.waitsUntilMs !== null && (
          <span className={classes.quiet}>
            goes on <TimeUntil atMs={purge.waitsUntilMs} />
          </span>
        )}
      </div>
      {plan.state === 'draft' && (
        <PlanWays
          plan={plan}
          chosen={by}
          disabled={!mayAct || revise.isPending}
          onChoose={(way) => revise.mutate({ planId: plan.id, by: way })}
        />
      )}
      {purge.gapMicroDollars > 0 && by === 'auto' && (
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
      {purge.items.length > 0 && (
        <Disclosure label={countOf(purge.itemCount, 'item')} startsOpen={purge.items.length <= 5}>
          <PlainTable
            label="Items"
            columns={isChecked ? [...columns, verdictColumn] : columns}
            rows={failedFirst(purge.items).slice(0, ITEMS_SHOWN)}
            rowKey={(item) => item.item}
          />
          {purge.itemCount > ITEMS_SHOWN && (
            <p className={classes.quiet}>and {formatCount(purge.itemCount - ITEMS_SHOWN)} more</p>
          )}
        </Disclosure>
      )}
    </Step>
  )
}

/** Of thousands of items those that purged nothing must be seen. */
function failedFirst(items: readonly PlanItem[]): readonly PlanItem[] {
  const failed = items.filter(({ verdict }) => verdict?.ok === false)
  return failed.length === 0 ? items : [...failed, ...items.filter(({ verdict }) => verdict?.ok !== false)]
}
