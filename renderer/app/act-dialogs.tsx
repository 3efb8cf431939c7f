import type { Plan } from '#shared/plans.ts'
import type { Site } from '#shared/sites.ts'
import type { Mark } from '#shared/tags.ts'
import { FindPagesDialog } from '#renderer/discovery/find-pages-dialog.tsx'
import { CheckDialog } from '#renderer/inspection/check-dialog.tsx'
import type { Target } from '#renderer/lib/acts.ts'
import { NewPurgeDialog } from '#renderer/plans/new-purge-dialog.tsx'
import { PurgeEverythingDialog } from '#renderer/plans/purge-everything-dialog.tsx'
import { MarkDialog } from '#renderer/tags/mark-dialog.tsx'
import { useUndoMark } from '#renderer/tags/mutations.ts'
import { countOf } from '#renderer/ui/format.ts'
import { showUndo } from '#renderer/ui/toast.tsx'

export type OpenDialog =
  | { readonly kind: 'check'; readonly target: Target }
  | { readonly kind: 'mark'; readonly target: Target | null }
  | { readonly kind: 'purge' | 'everything' | 'find' }

interface ActDialogsProps {
  readonly site: Site
  readonly open: OpenDialog
  readonly onClose: () => void
  readonly onPlanned: (plan: Plan) => void
}

/** The dialogs that acts take; one at a time. */
export function ActDialogs({ site, open, onClose, onPlanned }: ActDialogsProps) {
  const { mutate: undoMark } = useUndoMark()
  switch (open.kind) {
    case 'check':
      return <CheckDialog siteId={site.id} target={open.target} onClose={onClose} />
    case 'mark':
      return (
        <MarkDialog
          siteId={site.id}
          target={open.target}
          onClose={onClose}
          onMarked={(mark) => showMarked(mark, () => undoMark({ markId: mark.id }))}
        />
      )
    case 'find':
      return <FindPagesDialog site={site} onClose={onClose} />
    case 'purge':
      return <NewPurgeDialog siteId={site.id} onClose={onClose} onPlanned={onPlanned} />
    case 'everything':
      return <PurgeEverythingDialog site={site} onClose={onClose} onPlanned={onPlanned} />
  }
}

function showMarked(mark: Mark, undo: () => void): void {
  const pages = countOf(mark.pages, 'page')
  showUndo(
    `${pages} marked as changed: ${mark.what}. ${mark.pages === 1 ? 'It waits' : 'They wait'} for a build or refresh that begins later.`,
    undo,
  )
}
