import { useNow } from './clock.ts'
import { formatAgo, formatDaysUntil, formatExact, formatSpan } from './format.ts'

/** "3 h ago", with the exact time and its zone in the tooltip. */
export function TimeAgo({ atMs }: { readonly atMs: number }) {
  const nowMs = useNow()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExact(atMs)}>
      {formatAgo(atMs, nowMs)}
    </time>
  )
}

/** "in 40 s", "now": a moment to come. */
export function TimeUntil({ atMs }: { readonly atMs: number }) {
  const nowMs = useNow()
  const text = atMs <= nowMs ? 'now' : `in ${formatSpan(atMs - nowMs)}`
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExact(atMs)}>
      {text}
    </time>
  )
}

/** "in 30 days", to the end of a time that was said in days: a day that has begun counts whole. */
export function DaysUntil({ atMs }: { readonly atMs: number }) {
  const nowMs = useNow()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExact(atMs)}>
      {formatDaysUntil(atMs, nowMs)}
    </time>
  )
}
