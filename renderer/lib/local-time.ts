const TWO = (part: number) => String(part).padStart(2, '0')

/** A moment as a `datetime-local` field writes it, in this machine's zone, to the second. */
export function toLocalInput(ms: number): string {
  const at = new Date(ms)
  return `${at.getFullYear()}-${TWO(at.getMonth() + 1)}-${TWO(at.getDate())}T${TWO(at.getHours())}:${TWO(at.getMinutes())}:${TWO(at.getSeconds())}`
}

/**
 * Reads such a field; null when it holds no moment. The second that is going on means now: the field cannot say
 * milliseconds, and a mark that began before the change would miss a build begun in between.
 */
export function fromLocalInput(text: string, nowMs: number): number | null {
  const ms = new Date(text).getTime()
  if (Number.isNaN(ms)) return null
  return text === toLocalInput(nowMs) ? nowMs : ms
}
