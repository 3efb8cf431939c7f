import { Button, Checkbox, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { limitText, passedLimit } from '#shared/budget-limits.ts'
import type { Switch, SwitchPreview } from '#shared/deploys.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PriceText } from '#renderer/ui/money-text.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { ChangedPages } from './changed-pages.tsx'
import { changesText, timeText } from './deploy-words.tsx'
import { useSwitchLater, useSwitchTo } from './mutations.ts'
import { deploysQueries } from './queries.ts'
import classes from './deploys.module.css'

interface SwitchDialogProps {
  readonly releaseId: string
  readonly title: string
  readonly onClose: () => void
  readonly onBegun: (begun: Switch) => void
}

/** What giving visitors another release does and does not do, before it is done. */
export function SwitchDialog({ releaseId, title, onClose, onBegun }: SwitchDialogProps) {
  const site = useSite()
  const preview = useQuery(deploysQueries.preview(site.id, releaseId))
  const [choice, setPurges] = useState<boolean | null>(null)
  const start = useSwitchTo()
  const later = useSwitchLater()
  // Nothing is spent whose price is not known yet, unless it is asked for.
  const purges = choice ?? preview.data?.purge !== null
  const waitsFor = preview.data?.waitsFor ?? null
  const failed = start.error ?? later.error
  const failure = failed ? describeFailure(failed) : null
  const send = () => {
    if (waitsFor !== null) return later.mutate({ siteId: site.id, releaseId, purge: purges }, { onSuccess: onClose })
    return start.mutate(
      { siteId: site.id, releaseId, purge: purges },
      {
        onSuccess(begun) {
          onBegun(begun)
          onClose()
        },
      },
    )
  }
  const verb = verbOf(preview.data)
  return (
    <Modal opened onClose={onClose} size={600} title={`${TITLES[verb]} “${title}” (${releaseId})`}>
      {preview.isPending && <LateSkeleton />}
      {preview.isError && <FailureNote {...describeFailure(preview.error)} onTryAgain={() => void preview.refetch()} />}
      {preview.data && (
        <>
          <Consequences preview={preview.data} />
          {waitsFor !== null && (
            <p className={classes.waits} role="status">
              {waitsFor} It has to end first: a purge between two releases would store the pages of the wrong one. Frostline can
              wait for it and begin by itself.
            </p>
          )}
          <Checkbox
            className={classes.tick}
            label="And purge when it is deployed"
            description="Otherwise the plan is worked out then and waits for you to start it."
            checked={purges}
            onChange={(event) => setPurges(event.currentTarget.checked)}
          />
          {purges && <HardStop items={preview.data.purge?.itemCount ?? 0} />}
        </>
      )}
      {failure && <FailureNote message={failure.message} fix={failure.fix} onTryAgain={failure.retryable ? send : undefined} />}
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Leave it as it is
        </Button>
        <Button disabled={!preview.data} loading={start.isPending || later.isPending} onClick={send}>
          {verb}
          {waitsFor !== null && ' when it has ended'}
        </Button>
      </DialogFooter>
    </Modal>
  )
}

/** The release changes all the same; only its purge waits. */
function HardStop({ items }: { readonly items: number }) {
  const site = useSite()
  const budget = useQuery(deploysQueries.budget(site.id))
  const passed = budget.data ? passedLimit(items, budget.data) : null
  if (passed?.kind !== 'hard') return null
  return (
    <p className={classes.waits} role="status">
      {limitText(passed, true)} The release changes all the same, but its purge does not start until the owner lets it pass:
      copies at the edge stay until then.
    </p>
  )
}

const TITLES = { 'Roll back': 'Roll back to', 'Go forward': 'Go forward to', Publish: 'Publish' } as const

function verbOf(preview: SwitchPreview | undefined): keyof typeof TITLES {
  if (preview?.from === null || (preview && isNewOldOne(preview))) return 'Publish'
  return preview?.back === false ? 'Go forward' : 'Roll back'
}

function whatChanges(preview: SwitchPreview): string {
  if (preview.from === null || isNewOldOne(preview)) return 'What changes'
  return preview.back ? 'What goes back' : 'What goes forward'
}

/** Visitors never had it, so there is no way back to it. */
function isNewOldOne({ back, to }: SwitchPreview): boolean {
  return back && !to.published
}

function Consequences({ preview }: { readonly preview: SwitchPreview }) {
  const { counts, purge, from, to } = preview
  return (
    <ul className={classes.says}>
      <li>
        <strong>{whatChanges(preview)}</strong>
        {isNewOldOne(preview) && (
          <>
            Visitors never had it, and it is older than what they get: built <TimeAgo atMs={to.builtAtMs} />.{' '}
          </>
        )}
        {from === null || counts === null ? (
          'Which release visitors get now is not known, or nothing was published here yet: every page may change.'
        ) : (
          <>
            {changesText(counts)} between “{from.title}” ({from.id}) and “{to.title}” ({to.id}).
            <ChangedPages releaseId={to.id} counts={counts} against={from.id} />
          </>
        )}
      </li>
      <li>
        <strong>What does not</strong>
        Content that is rendered on demand
        {preview.renderedOnDemand > 0 && ` (${countOf(preview.renderedOnDemand, 'known page')})`} comes from today’s data. Copies
        at the edge stay until they are purged or due; browsers keep theirs.
      </li>
      <li>
        <strong>When visitors see it</strong>
        The edge’s locations follow one by one: {timeText(preview.time)}. Purging waits for the last of them.
      </li>
      <li>
        <strong>What its purge costs</strong>
        {purge === null ? (
          'It is worked out when visitors have the release, and its plan says so before anything is sent.'
        ) : purge.itemCount === 0 ? (
          'Nothing: the edge holds no other copy of these pages.'
        ) : (
          <>
            {countOf(purge.itemCount, 'purge item')} for {countOf(purge.pageCount, 'page')},{' '}
            <PriceText
              microDollars={purge.priceMicroDollars}
              items={purge.itemCount}
              freeBefore={purge.allowanceBefore}
              atMost={purge.allowanceAtMost}
            />
            ; {countOf(purge.alsoCold, 'other page goes', 'other pages go')} cold.
          </>
        )}
      </li>
      <li>
        <strong>Afterwards</strong>
        {preview.pins
          ? `The site is pinned to ${to.id}: new builds stay unpublished to visitors until you unpin it.`
          : 'The site goes on with whatever is published next.'}
      </li>
    </ul>
  )
}
