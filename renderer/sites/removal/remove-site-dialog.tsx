import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RemovalPreview } from '#shared/site-settings.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { showUndo } from '#renderer/ui/toast.tsx'
import { useRemoveSite, useRestoreSite } from '../mutations.ts'
import { sitesQueries } from '../queries.ts'
import classes from './removal.module.css'

interface RemoveSiteDialogProps {
  readonly siteId: string
  readonly name: string
  readonly onClose: () => void
  readonly onRemoved?: () => void
}

/** Says what goes and what stays, before anything is removed. */
export function RemoveSiteDialog({ siteId, name, onClose, onRemoved }: RemoveSiteDialogProps) {
  const preview = useQuery(sitesQueries.removal(siteId))
  const restore = useRestoreSite()
  const remove = useRemoveSite(() => {
    showUndo(`${name} is removed.`, () => restore.mutate({ removedId: siteId }))
    onClose()
    onRemoved?.()
  })
  const failure = remove.isError ? describeFailure(remove.error) : preview.isError ? describeFailure(preview.error) : null
  const held = preview.data?.held ?? null
  return (
    <Modal opened onClose={onClose} title={`Remove ${name}?`} size={480}>
      {preview.isPending && <LateSkeleton />}
      {preview.data && <WhatGoes preview={preview.data} />}
      {held !== null && failure === null && (
        <FailureNote message={`${name} cannot be removed now.`} fix={held} onTryAgain={() => void preview.refetch()} />
      )}
      {failure && <FailureNote message={failure.message} fix={failure.fix} />}
      <DialogFooter>
        <Button variant="default" data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button
          color="red"
          disabled={!preview.data || held !== null}
          loading={remove.isPending}
          onClick={() => remove.mutate({ siteId })}
        >
          Remove {name}
        </Button>
      </DialogFooter>
    </Modal>
  )
}

function WhatGoes({ preview }: { readonly preview: RemovalPreview }) {
  const { pages, plans, builds, schedules, sources, rules, waiting, ledgerEntries, keptDays } = preview
  const others: readonly (readonly [many: number, word: string])[] = [
    [plans, 'plan'],
    [builds, 'build'],
    [schedules, 'schedule'],
    [sources, 'hook source'],
    [rules, 'rule'],
  ]
  const goes = [
    `${countOf(pages, 'page')} with their history`,
    ...others.filter(([many]) => many > 0).map(([many, word]) => countOf(many, word)),
  ]
  return (
    <div className={classes.what}>
      <p>
        It is out of sight at once: its schedules, hooks and checks stop
        {waiting > 0 &&
          `, and ${countOf(waiting, 'thing')} that ${waiting === 1 ? 'waits' : 'wait'} to be done ${waiting === 1 ? 'is' : 'are'} dropped`}
        . Nothing is changed at the edge or at the origin.
      </p>
      <dl>
        <dt>Goes</dt>
        <dd>
          {goes.join(', ')}, and its credentials: for good in {keptDays} days, or when you say so. Until then it can be restored
          whole.
        </dd>
        <dt>Stays</dt>
        <dd>
          What was purged and what it cost ({countOf(ledgerEntries, 'entry', 'entries')} of the ledger), and Activity, for ever.
        </dd>
      </dl>
    </div>
  )
}
