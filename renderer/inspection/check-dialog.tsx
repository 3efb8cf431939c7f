import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Target } from '#renderer/lib/acts.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { useCheck } from './mutations.ts'
import { inspectionQueries } from './queries.ts'
import classes from './check-dialog.module.css'

interface CheckDialogProps {
  readonly siteId: string
  readonly target: Target
  readonly onClose: () => void
}

/** Says what a check costs the site before it starts. */
export function CheckDialog({ siteId, target, onClose }: CheckDialogProps) {
  const which = { siteId, selection: target.selection }
  const cost = useQuery(inspectionQueries.estimate(siteId, target.selection))
  const check = useCheck(onClose)
  return (
    <Modal opened onClose={onClose} title={`Check ${target.words}`} size={460}>
      {cost.isPending && <LateSkeleton rows={2} />}
      {cost.isError && <FailureNote {...describeFailure(cost.error)} onTryAgain={() => void cost.refetch()} />}
      {cost.data && (
        <div className={classes.cost}>
          <p className={classes.sentence}>{cost.data.sentence}</p>
          <FactList
            facts={{
              Requests: `at most ${countOf(cost.data.requestsAtMost, 'request')}`,
              Renders:
                cost.data.rendersAtMost === 0
                  ? 'none'
                  : `at most ${countOf(cost.data.rendersAtMost, 'page')} rendered by the origin`,
            }}
          />
        </div>
      )}
      {check.isError && <FailureNote {...describeFailure(check.error)} onTryAgain={() => check.mutate(which)} />}
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus disabled={!cost.data} loading={check.isPending} onClick={() => check.mutate(which)}>
          {cost.data ? `Check ${countOf(cost.data.pages, 'page')}` : 'Check'}
        </Button>
      </DialogFooter>
    </Modal>
  )
}
