import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import type { DeliveryDetail, HookWork } from '#shared/hooks.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { CopyTextButton } from '#renderer/ui/copy-text-button.tsx'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { formatBytes } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { costOf, DeliveryMark, whatOf } from './delivery-words.tsx'
import { useReplay } from './mutations.ts'
import { hooksQueries } from './queries.ts'
import classes from './delivery-panel.module.css'

/** One delivery: what followed of it, and what was in it. */
export function DeliveryPanel({ deliveryId }: { readonly deliveryId: number }) {
  const delivery = useQuery(hooksQueries.delivery(deliveryId))
  if (delivery.isError) return <FailureNote {...describeFailure(delivery.error)} onTryAgain={() => void delivery.refetch()} />
  return delivery.data ? <Content delivery={delivery.data} /> : <LateSkeleton />
}

function Content({ delivery }: { readonly delivery: DeliveryDetail }) {
  const [, setSearch] = useSearchParams()
  const replay = useReplay((deliveryId) =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      next.set('delivery', String(deliveryId))
      return next
    }),
  )
  const did = delivery.rules.flatMap((rule) => rule.did)
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>{whatOf(delivery) || delivery.sourceName}</h2>
      <FactList
        facts={{
          Verdict: <DeliveryMark delivery={delivery} />,
          Reason: delivery.reason,
          Source: delivery.sourceName,
          When: <TimeAgo atMs={delivery.atMs} />,
          'Found by asking':
            delivery.changedAtMs === null ? null : (
              <>
                Changed <TimeAgo atMs={delivery.changedAtMs} />
              </>
            ),
          'Told before by': delivery.sameAs === null ? null : <Link to={`/hooks?delivery=${delivery.sameAs}`}>this one</Link>,
          'Event as sent': delivery.rawEvent,
          'Replay of':
            delivery.replayOf === null ? null : <Link to={`/hooks?delivery=${delivery.replayOf}`}>an earlier delivery</Link>,
          Cost: costOf(delivery.work) || null,
          Size: formatBytes(delivery.sizeBytes),
        }}
      />
      {delivery.state !== 'refused' && (
        <div className={classes.acts}>
          <Button
            variant="default"
            loading={replay.isPending}
            title="Works it through again, by the rules of today"
            onClick={() => replay.mutate({ deliveryId: delivery.id })}
          >
            Replay
          </Button>
          <CopyTextButton label="Copy payload" text={() => delivery.payload} />
        </div>
      )}
      {did.length + delivery.work.length > 0 && (
        <section aria-label="What followed">
          <h3>What followed</h3>
          <ul className={classes.did}>
            {did.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
            {delivery.work.map((work) => (
              <li key={work.kind} data-failed={work.state === 'failed' || undefined}>
                <WorkLine work={work} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {delivery.payload !== '' && (
        <section aria-label="Payload">
          <h3>Payload</h3>
          {/* What scrolls has to be reachable by keyboard, or its end cannot be read. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre className={classes.payload} tabIndex={0}>
            {pretty(delivery.payload)}
            {delivery.cut && '\n… cut here'}
          </pre>
        </section>
      )}
      {delivery.headers.length > 0 && (
        <section aria-label="Headers">
          <h3>Headers, without those that prove where it comes from</h3>
          <FactList facts={Object.fromEntries(delivery.headers)} />
        </section>
      )}
    </div>
  )
}

const STATES: Readonly<Record<HookWork['state'], string>> = { waiting: 'waits', running: 'runs', done: 'done', failed: 'failed' }
const KINDS: Readonly<Record<HookWork['kind'], string>> = {
  build: 'Build',
  plan: 'Purge',
  refresh: 'Rendering',
  'when-visited': 'Purge when visited',
}

function WorkLine({ work: { kind, state, ref, note } }: { readonly work: HookWork }) {
  // A build that was asked for joins those that wait: that it was asked for is not that it is done.
  if (kind === 'build' && state === 'done') return <Link to="/builds">{note}</Link>
  const text = `${KINDS[kind]} ${STATES[state]}${note === '' ? '' : `: ${note}`}`
  return ref === null ? text : <Link to={`/purges/${ref}`}>{text}</Link>
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}
