import { Button, Modal, NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccess } from '#renderer/lib/access.ts'
import type { Target } from '#renderer/lib/acts.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { useCheck, useStartRun } from './mutations.ts'
import { inspectionQueries } from './queries.ts'
import classes from './check-dialog.module.css'

interface CheckDialogProps {
  readonly siteId: string
  readonly target: Target
  readonly onClose: () => void
}

/** Says what a check costs the site before it starts. */
export function CheckDialog({ siteId, target, onClose }: CheckDialogProps) {
  const { mayAct } = useAccess()
  const which = { siteId, selection: target.selection }
  const cost = useQuery(inspectionQueries.estimate(siteId, target.selection))
  const check = useCheck(onClose)
  const start = useStartRun(onClose)
  const settings = useQuery(inspectionQueries.settings(siteId))
  const [typedLimit, setTypedLimit] = useState<number | string | null>(null)
  const limit = typedLimit ?? settings.data?.rendersAtMost ?? 1_000
  const { selection } = target
  // A filter may mean the whole site: such a check goes on after a restart, and stops at the limit.
  const asRun = mayAct && selection.kind === 'filter'
  const go = () => {
    if (!asRun) return check.mutate(which)
    start.mutate({
      siteId,
      rendersAtMost: Number(limit),
      selection: { filter: selection.filter, exceptPageIds: selection.exceptPageIds },
    })
  }
  const failed = check.error ?? start.error
  return (
    <Modal opened onClose={onClose} title={`Check ${target.words}`} size={460}>
      {cost.isPending && <LateSkeleton rows={2} />}
      {cost.isError && <FailureNote {...describeFailure(cost.error)} onTryAgain={() => void cost.refetch()} />}
      {cost.data && <p className={classes.sentence}>{cost.data.sentence}</p>}
      {asRun && cost.data && (
        <NumberInput
          mt={12}
          label="Stop when the origin has rendered this often"
          description="Counted as it goes: every answer that does not come from the edge. The check can then go on with a higher limit."
          min={1}
          max={1_000_000}
          thousandSeparator=","
          value={limit}
          onChange={setTypedLimit}
        />
      )}
      {failed && <FailureNote {...describeFailure(failed)} onTryAgain={go} />}
      <DialogFooter>
        <Button variant="default" data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!cost.data} loading={check.isPending || start.isPending} onClick={go}>
          {cost.data ? `Check ${countOf(cost.data.pages, 'page')}` : 'Check'}
        </Button>
      </DialogFooter>
    </Modal>
  )
}
