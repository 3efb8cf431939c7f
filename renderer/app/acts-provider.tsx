import { Suspense, useContext, useMemo, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { Plan } from '#shared/plans.ts'
import { useSetPaused } from '#renderer/automation/queries.ts'
import { useRequestBuild } from '#renderer/builds/mutations.ts'
import { startExport } from '#renderer/exporting/start-export.tsx'
import { ActsContext, type Acts } from '#renderer/lib/acts.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { useCreatePlan, useRevisePlan } from '#renderer/plans/mutations.ts'
import type { OpenDialog } from './act-dialogs.tsx'
import { part, PARTS } from './screens.ts'

const ActDialogs = part(PARTS.dialogs)

/** What screens can have done by other features, and the dialogs that it takes. */
export function ActsProvider({ children }: { readonly children: ReactNode }) {
  const site = useContext(CurrentSite)
  const navigate = useNavigate()
  const [open, setOpen] = useState<OpenDialog | null>(null)
  const close = () => setOpen(null)
  const siteId = site?.id ?? ''
  // A plan may be of another site than the one that the window shows.
  const show = ({ id, siteId: its }: Plan) =>
    void navigate(`/purges/${id}${its === siteId ? '' : `?site=${encodeURIComponent(its)}`}`)
  const { mutate: createPlan } = useCreatePlan(show)
  const { mutate: revisePlan } = useRevisePlan()
  const { mutate: draftPlan } = useCreatePlan((plan) =>
    revisePlan({ planId: plan.id, build: true }, { onSettled: () => show(plan) }),
  )
  const { mutate: requestBuild } = useRequestBuild()
  const { mutate: setPaused } = useSetPaused()

  const acts = useMemo(
    (): Acts => ({
      check: (target) => setOpen({ kind: 'check', target }),
      markAsChanged: (target) => setOpen({ kind: 'mark', target }),
      newPurge: () => setOpen({ kind: 'purge' }),
      findPages: () => setOpen({ kind: 'find' }),
      plan: (target) => createPlan({ siteId, selection: target.selection }),
      visit: (target) => createPlan({ siteId, selection: target.selection, warm: true }),
      purgeEverything: () => setOpen({ kind: 'everything' }),
      whatIf: (target) => draftPlan({ siteId, selection: target.selection }),
      planLines(its, lines, build) {
        const create = build ? draftPlan : createPlan
        create({ siteId: its, selection: { kind: 'paths', text: lines.join('\n') } })
      },
      rebuild() {
        void navigate('/builds')
        requestBuild({ siteId })
      },
      pauseAutomation: () => setPaused({ paused: true }),
      exportList: (wish, format, expected) => void startExport(wish, format, expected),
    }),
    [siteId, navigate, createPlan, draftPlan, requestBuild, setPaused],
  )

  return (
    <ActsContext value={acts}>
      {children}
      {site && open && (
        <Suspense>
          <ActDialogs site={site} open={open} onClose={close} onPlanned={show} />
        </Suspense>
      )}
    </ActsContext>
  )
}
