import { ActionIcon } from '@mantine/core'
import { IconMoon, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { AWAY_FROM_MINUTES, type Away } from '#shared/away.ts'
import { orpc } from '#renderer/lib/client.ts'
import { countOf, formatMoment, formatSpan } from '#renderer/ui/format.ts'
import classes from './away-note.module.css'

/** Builds and purges of others become known one after the other. */
const AGAIN_MS = 10_000

/** What happened while this machine slept or Frostline was closed, until it is dismissed. */
export function AwayNote({ siteId }: { readonly siteId: string }) {
  const queryClient = useQueryClient()
  const { data: away } = useQuery(orpc.away.get.queryOptions({ input: { siteId }, refetchInterval: AGAIN_MS }))
  const dismiss = useMutation(
    orpc.away.dismiss.mutationOptions({ onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.away.key() }) }),
  )
  if (!away) return null
  return (
    <div className={classes.note} role="status" aria-label="While you were away">
      <IconMoon size={16} aria-hidden />
      <span
        title={`${formatMoment(away.fromMs)} to ${formatMoment(away.toMs)}. Schedules and rules run only while Frostline does. Told after at least ${AWAY_FROM_MINUTES} minutes.`}
      >
        <b>Away {formatSpan(away.toMs - away.fromMs)}</b>: {awayWords(away)}
      </span>
      <ActionIcon variant="subtle" color="gray" aria-label="Dismiss" onClick={() => dismiss.mutate({ toMs: away.toMs })}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  )
}

/** "14 changes, 2 builds, 31 purges elsewhere". */
export function awayWords({ changes, builds, purgesElsewhere }: Away): string {
  const parts = [
    ...(changes > 0 ? [countOf(changes, 'change')] : []),
    ...(builds > 0 ? [countOf(builds, 'build')] : []),
    ...(purgesElsewhere > 0 ? [`${countOf(purgesElsewhere, 'purge')} elsewhere`] : []),
  ]
  return parts.length === 0 ? 'nothing is known to have changed' : parts.join(', ')
}
