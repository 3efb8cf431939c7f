const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `Thu, 05 Nov 2026 12:00:00 GMT`; senders write hyphens and UTC, too. */
const FIXED = /^[a-z]{3}, (\d{1,2})[ -]([a-z]{3})[ -](\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:GMT|UTC)$/i
/** `Thursday, 05-Nov-26 12:00:00 GMT` */
const RFC_850 = /^[a-z]{6,9}, (\d{2})-([a-z]{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/i
/** `Thu Nov  5 12:00:00 2026` */
const ASCTIME = /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/i

/**
 * Reads an HTTP date as Unix milliseconds; undefined when it is none. `Date.parse` will not do: it takes `3600` for a
 * year, and asctime for local time. Source: RFC 9110 §5.6.7.
 */
export function parseHttpDate(text: string | undefined, nowMs: number): number | undefined {
  const value = text?.trim() ?? ''
  const fixed = FIXED.exec(value)
  if (fixed) return instant(fixed[3], fixed[2], fixed[1], fixed.slice(4))
  const old = RFC_850.exec(value)
  if (old) return instant(wholeYear(Number(old[3]), nowMs), old[2], old[1], old.slice(4))
  const asctime = ASCTIME.exec(value)
  return asctime ? instant(asctime[6], asctime[1], asctime[2], asctime.slice(3, 6)) : undefined
}

/** A year that would lie more than 50 years ahead is the last one that ends so. */
function wholeYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear()
  const year = thisYear - (thisYear % 100) + twoDigits
  return year > thisYear + 50 ? year - 100 : year
}

function instant(
  year: string | number | undefined,
  month: string | undefined,
  day: string | undefined,
  time: readonly string[],
): number | undefined {
  const monthIndex = MONTHS.indexOf(month?.toLowerCase() ?? '')
  const [hours = 0, minutes = 0, seconds = 0] = time.map(Number)
  if (monthIndex === -1 || hours > 23 || minutes > 59 || seconds > 60) return undefined
  const at = Date.UTC(Number(year), monthIndex, Number(day), hours, minutes, seconds)
  // A 32nd would be taken for the 1st of the next month.
  return new Date(at - seconds * 1000).getUTCDate() === Number(day) ? at : undefined
}
