import { useNow } from './clock.ts'
import { formatAgo, formatDaysUntil, formatExact, formatSpan } from './format.ts'

interface TimeProps {
  readonly atMs: number
}

/** "3 h ago", with the exact time and its zone in the tooltip. */
export function TimeAgo({ atMs }: TimeProps) {
  return <Moment atMs={atMs} words={formatAgo} />
}

/** "in 40 s", "now": a moment to come. */
export function TimeUntil({ atMs }: TimeProps) {
  return <Moment atMs={atMs} words={(at, nowMs) => (at <= nowMs ? 'now' : `in ${formatSpan(at - nowMs)}`)} />
}

/** "in 30 days", to the end of a time that was said in days: a day that has begun counts whole. */
export function DaysUntil({ atMs }: TimeProps) {
  return <Moment atMs={atMs} words={formatDaysUntil} />
}

function Moment({ atMs, words }: TimeProps & { readonly words: (atMs: number, nowMs: number) => string }) {
  const nowMs = useNow()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExact(atMs)}>
      {words(atMs, nowMs)}
    </time>
  )
}
