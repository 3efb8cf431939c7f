import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { AddSourceDialog } from './add-source-dialog.tsx'
import { DeliveriesList } from './deliveries-list.tsx'
import { hooksQueries } from './queries.ts'
import { ReceiverDialog } from './receiver-dialog.tsx'
import { ReceiverLine } from './receiver-line.tsx'
import { RulesList } from './rules-list.tsx'
import { SourcesTable } from './sources-table.tsx'
import { VisitCheckSection } from './visit-check-section.tsx'
import classes from './hooks.module.css'

/** Who announces changes, what follows of them, and what was delivered. */
export function HooksScreen() {
  const site = useSite()
  const { mayAct, mayOwn } = useAccess()
  const { pauseAutomation } = useActs()
  const [adding, setAdding] = useState(false)
  const [settingUp, setSettingUp] = useState(false)
  const receiver = useQuery(hooksQueries.receiver())
  const sources = useQuery(hooksQueries.sources(site.id))
  const add = mayOwn && <Button onClick={() => setAdding(true)}>Add source</Button>
  return (
    <Screen
      title="Hooks"
      note={receiver.data && <ReceiverLine receiver={receiver.data} />}
      actions={
        <>
          {mayAct && receiver.data?.paused === false && (
            <Button variant="subtle" color="gray" onClick={pauseAutomation}>
              Pause all automation
            </Button>
          )}
          {mayOwn && (
            <Button variant="default" onClick={() => setSettingUp(true)}>
              Receiver…
            </Button>
          )}
          {add}
        </>
      }
    >
      {sources.isError && <FailureNote {...describeFailure(sources.error)} onTryAgain={() => void sources.refetch()} />}
      {sources.isPending && <LateSkeleton />}
      {receiver.data?.problem && <FailureNote message={receiver.data.problem} fix={null} />}
      {receiver.data?.paused && (
        <p className={classes.paused} role="status">
          All automation is paused. Deliveries are stored and wait; no rule does anything until it goes on.
        </p>
      )}
      {sources.data && sources.data.length === 0 && (
        <EmptyNote title="Nobody announces changes yet" action={add}>
          With a source, a content system or a repository tells Frostline what has changed the moment it is published. Rules then
          mark the pages, rebuild, or purge.
        </EmptyNote>
      )}
      {sources.data && sources.data.length > 0 && (
        <>
          <SourcesTable sources={sources.data} />
          <RulesList siteId={site.id} sources={sources.data} />
          <DeliveriesList siteId={site.id} />
        </>
      )}
      <VisitCheckSection siteId={site.id} />
      {adding && <AddSourceDialog siteId={site.id} onClose={() => setAdding(false)} />}
      {settingUp && receiver.data && <ReceiverDialog receiver={receiver.data} onClose={() => setSettingUp(false)} />}
    </Screen>
  )
}
