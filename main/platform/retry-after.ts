/**
 * How long an answer asks to be waited for, in milliseconds; null when it does not say, or not so that it can be read.
 *
 * @param text the header `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.
 */
export function retryAfterMs(text: string | undefined, nowMs: number): number | null {
  const trimmed = text?.trim() ?? ''
  const askedMs = /^\d+$/.test(trimmed) ? Number(trimmed) * 1_000 : Date.parse(trimmed) - nowMs
  return Number.isNaN(askedMs) ? null : Math.max(0, askedMs)
}
