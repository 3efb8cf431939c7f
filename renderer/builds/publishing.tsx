import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccess } from '#renderer/lib/access.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { DeployRunCard } from './deploy-run-card.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { publishingQueries } from './queries.ts'

/** A deploy that ended without reaching visitors is told about for so long; of the others their switch tells. */
const TOLD_FOR_MS = 3_600_000
const TOLD_BY_SWITCH: readonly string[] = ['switching', 'cleaning', 'done']

/** The deploy under way from here, or why the last one did not reach visitors. */
export function Publishing({ siteId }: { readonly siteId: string }) {
  const nowMs = useNow()
  const list = useQuery(publishingQueries.list(siteId))
  const [last] = list.data?.runs ?? []
  if (!last || TOLD_BY_SWITCH.includes(last.state)) return null
  if (last.endedAtMs !== null && nowMs - last.endedAtMs > TOLD_FOR_MS) return null
  return <DeployRunCard run={last} />
}

/** For owners of sites that are published to a bucket from here. */
export function PublishButton({ siteId }: { readonly siteId: string }) {
  const { mayOwn } = useAccess()
  const list = useQuery(publishingQueries.list(siteId))
  const [asking, setAsking] = useState(false)
  if (!mayOwn || list.data?.possible !== true) return null
  const underWay = list.data.runs.some(({ endedAtMs }) => endedAtMs === null)
  return (
    <>
      <Button
        variant="default"
        disabled={underWay}
        title={underWay ? 'A deploy is under way.' : 'Brings a finished build to the bucket and gives it to visitors.'}
        onClick={() => setAsking(true)}
      >
        Publish a folder…
      </Button>
      {asking && <PublishDialog siteId={siteId} onClose={() => setAsking(false)} />}
    </>
  )
}
