import { useContext, useMemo, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { Plan } from '#shared/plans.ts'
import type { Mark } from '#shared/tags.ts'
import { useSetPaused } from '#renderer/automation/queries.ts'
import { useRequestBuild } from '#renderer/builds/mutations.ts'
import { FindPagesDialog } from '#renderer/discovery/find-pages-dialog.tsx'
import { startExport } from '#renderer/exporting/start-export.tsx'
import { CheckDialog } from '#renderer/inspection/check-dialog.tsx'
import { ActsContext, type Acts, type Target } from '#renderer/lib/acts.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { NewPurgeDialog } from '#renderer/plans/new-purge-dialog.tsx'
import { PurgeEverythingDialog } from '#renderer/plans/purge-everything-dialog.tsx'
import { useCreatePlan, useRevisePlan } from '#renderer/plans/mutations.ts'
import { MarkDialog } from '#renderer/tags/mark-dialog.tsx'
import { useUndoMark } from '#renderer/tags/mutations.ts'
import { countOf } from '#renderer/ui/format.ts'
import { showUndo } from '#renderer/ui/toast.tsx'

type Open =
  | { readonly kind: 'check'; readonly target: Target }
  | { readonly kind: 'mark'; readonly target: Target | null }
  | { readonly kind: 'purge' }
  | { readonly kind: 'everything' }
  | { readonly kind: 'find' }
  | null

/** What screens can have done by other features, and the dialogs that it takes. */
export function ActsProvider({ children }: { readonly children: ReactNode }) {
  const site = useContext(CurrentSite)
  const navigate = useNavigate()
  const [open, setOpen] = useState<Open>(null)
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
  const { mutate: undoMark } = useUndoMark()
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
      {site && open?.kind === 'check' && <CheckDialog siteId={site.id} target={open.target} onClose={close} />}
      {site && open?.kind === 'mark' && (
        <MarkDialog
          siteId={site.id}
          target={open.target}
          onClose={close}
          onMarked={(mark) => showMarked(mark, () => undoMark({ markId: mark.id }))}
        />
      )}
      {site && open?.kind === 'find' && <FindPagesDialog site={site} onClose={close} />}
      {site && open?.kind === 'purge' && (
        <NewPurgeDialog siteId={site.id} onClose={close} onPlanned={(plan) => void navigate(`/purges/${plan.id}`)} />
      )}
      {site && open?.kind === 'everything' && <PurgeEverythingDialog site={site} onClose={close} onPlanned={show} />}
    </ActsContext>
  )
}

function showMarked(mark: Mark, undo: () => void): void {
  const pages = countOf(mark.pages, 'page')
  showUndo(`${pages} marked as changed: ${mark.what}. They wait for a build or refresh that begins later.`, undo)
}
