import { Checkbox } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { When } from '#shared/plan-choices.ts'
import type { Plan, PlanPage } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { countOf } from '#renderer/ui/format.ts'
import type { PlainColumn } from '#renderer/ui/plain-table.tsx'
import { useRevisePlan } from './mutations.ts'
import { WhenSwitch } from './when-switch.tsx'
import classes from './plan-when.module.css'

/** Kinds of decisions between which a page can be moved, with the choice that they stand for. */
const MOVABLE: Readonly<Record<string, When>> = {
  purge: 'now',
  'after-build': 'now',
  'after-refresh': 'now',
  'when-visited': 'when-visited',
  expires: 'expire',
}

/** A column to pick pages of a draft with, and a bar that says when those are purged; both empty where there is no choice. */
export function usePagePicks(plan: Plan, tab: string): { columns: PlainColumn<PlanPage>[]; bar: ReactNode } {
  const { mayAct } = useAccess()
  const revise = useRevisePlan()
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set())
  const chosen = MOVABLE[tab]
  if (!mayAct || plan.state !== 'draft' || chosen === undefined || plan.when === null) return { columns: [], bar: null }
  const toggle = (pageId: number) =>
    setPicked((now) => {
      const next = new Set(now)
      if (!next.delete(pageId)) next.add(pageId)
      return next
    })
  const move = (choice: When) =>
    revise.mutate({ planId: plan.id, when: { choice, pageIds: [...picked] } }, { onSuccess: () => setPicked(new Set()) })
  return {
    columns: [
      {
        key: 'pick',
        header: '',
        width: 36,
        cell: ({ pageId, path }) =>
          pageId !== null && (
            <Checkbox size="xs" aria-label={`Select ${path}`} checked={picked.has(pageId)} onChange={() => toggle(pageId)} />
          ),
      },
    ],
    bar: (
      <div className={classes.picked}>
        <span className={classes.quiet}>
          {picked.size === 0 ? 'Select pages to say when they are purged.' : `${countOf(picked.size, 'page')} selected:`}
        </span>
        {picked.size > 0 && (
          <WhenSwitch label="When the selected pages are purged" chosen={chosen} disabled={revise.isPending} onChoose={move} />
        )}
      </div>
    ),
  }
}
