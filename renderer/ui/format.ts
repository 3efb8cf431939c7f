import { dollarsText } from '#shared/budget.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in its largest fitting unit: "29 s", "3 min", "5 h", "29 d". Never rounds up past what is there. */
export function formatSpan(ms: number): string {
  const span = Math.max(0, ms)
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`
  if (span < 2 * DAY) return `${Math.floor(span / HOUR)} h`
  return `${Math.floor(span / DAY)} d`
}

/** "in 30 days", "now": a day that has begun counts whole. */
export function formatDaysUntil(atMs: number, nowMs: number): string {
  const days = Math.ceil((atMs - nowMs) / DAY)
  return days < 1 ? 'now' : `in ${countOf(days, 'day')}`
}

/** A duration to read closely: "1 min 10 s", "2 h 5 min". */
export function formatDuration(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / SECOND)
  if (seconds === 0 && ms > 0) return 'under 1 s'
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return joined(minutes, 'min', seconds % 60, 's')
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

/** "12 s ago"; a moment that the two clocks disagree about is "just now". */
export function formatAgo(atMs: number, nowMs: number): string {
  const span = nowMs - atMs
  return span < 2 * SECOND ? 'just now' : `${formatSpan(span)} ago`
}

const EXACT = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})

/** The exact moment with its zone, for tooltips. */
export function formatExact(atMs: number): string {
  return EXACT.format(atMs)
}

const MOMENT = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
})

/** A moment inside a sentence: "Nov 21, 14:02 CET". */
export function formatMoment(atMs: number): string {
  return MOMENT.format(atMs)
}

/** The zone in which moments are written: "Europe/Berlin (GMT+1)". */
export function zoneName(atMs: number): string {
  const short = MOMENT.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value
  const { timeZone } = MOMENT.resolvedOptions()
  return short === undefined || short === timeZone ? timeZone : `${timeZone} (${short})`
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

export function formatClock(atMs: number): string {
  return CLOCK.format(atMs)
}

const COUNT = new Intl.NumberFormat('en')

export function formatCount(count: number): string {
  return COUNT.format(count)
}

/** "1 page", "2 pages". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** Micro-dollars as money: "free", "$0.06"; parts of a cent are kept, since one purge costs half a cent. */
export function formatMoney(microDollars: number): string {
  return microDollars === 0 ? 'free' : dollarsText(microDollars)
}

/**
 * What a purge costs and what is left of the free ones: "free (uses 1 of 813 left this month)".
 *
 * @param freeBefore null at an edge that does not charge: then just "free".
 */
export function formatPrice(microDollars: number, items: number, freeBefore: number | null, atMost: boolean): string {
  if (microDollars > 0) return formatMoney(microDollars)
  if (freeBefore === null) return 'free'
  return `free (uses ${formatCount(items)} of ${atMost ? 'at most ' : ''}${formatCount(freeBefore)} left this month)`
}

/** A size in bytes: "812 B", "19.6 kB", "1.2 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
