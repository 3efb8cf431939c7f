import { Button, Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import type { RefillOfAll } from '#shared/new-purge.ts'
import type { Plan } from '#shared/plans.ts'
import type { Site } from '#shared/sites.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { useCreatePlan } from './mutations.ts'
import { renderWords, waitWords } from './refill-words.ts'
import { plansQueries } from './queries.ts'
import classes from './purge-everything-dialog.module.css'

interface PurgeEverythingDialogProps {
  readonly site: Site
  readonly onPlanned: (plan: Plan) => void
  readonly onClose: () => void
}

/** For incidents: what it takes to fill the edge again is said first, and the site's name has to be typed. */
export function PurgeEverythingDialog({ site, onPlanned, onClose }: PurgeEverythingDialogProps) {
  const refill = useQuery(plansQueries.refill(site.id))
  const [typed, setTyped] = useState('')
  const create = useCreatePlan((plan) => {
    onClose()
    onPlanned(plan)
  }, true)
  const failure = create.isError ? describeFailure(create.error) : null
  const isTyped = typed.trim() === site.name
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isTyped) create.mutate({ siteId: site.id, selection: { kind: 'everything' } })
  }
  return (
    <Modal opened onClose={onClose} title="Purge everything" size={480}>
      <form onSubmit={submit}>
        {refill.isPending && <LateSkeleton rows={4} />}
        {refill.isError && <FailureNote {...describeFailure(refill.error)} onTryAgain={() => void refill.refetch()} />}
        {refill.data && <RefillFacts refill={refill.data} />}
        <TextInput
          mt={16}
          data-autofocus
          label={
            <>
              Type <b>{site.name}</b> to go on
            </>
          }
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {failure && <FailureNote message={failure.message} fix={failure.fix} />}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="orange" disabled={!isTyped} loading={create.isPending}>
            Work out a plan
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}

function RefillFacts({ refill }: { readonly refill: RefillOfAll }) {
  return (
    <>
      <p className={classes.sentence}>
        <b>{countOf(refill.cold, 'page')}</b> of {countOf(refill.pages, 'known page')} would go cold at once, together with
        everything that is in no list. To replace old copies alone, select them on Pages.
      </p>
      <FactList
        facts={{
          'Sent to the edge': '1 purge, /*',
          'Rendered again': renderWords(refill),
          'First visitors': waitWords(refill),
        }}
      />
      <p className={classes.quiet}>A plan opens first. Nothing is sent before you start it.</p>
    </>
  )
}
