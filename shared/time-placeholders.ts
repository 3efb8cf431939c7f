const PLACEHOLDER = /\{\{time:(-?\d{1,16})\}\}/g
/** Beyond this a `Date` holds no instant. Source: ECMA-262, "Time Values and Time Range". */
const LAST_INSTANT_MS = 8.64e15

/** An instant (Unix milliseconds) inside a text, which whoever shows the text writes in the reader's zone. */
export function timePlaceholder(atMs: number): string {
  const whole = Number.isFinite(atMs) ? Math.round(atMs) : 0
  return `{{time:${Math.min(Math.max(whole, -LAST_INSTANT_MS), LAST_INSTANT_MS)}}}`
}

/** The text with its instants as `format` writes them. */
export function fillTimes(text: string, format: (atMs: number) => string): string {
  return text.replace(PLACEHOLDER, (whole, digits: string) => {
    const atMs = Number(digits)
    return Math.abs(atMs) <= LAST_INSTANT_MS ? format(atMs) : whole
  })
}

/** Text from outside, so that nothing in it is taken for an instant of ours but what is well formed. */
export function withoutBadPlaceholders(text: string): string {
  return text.replace(/\{{2,}(time:-?\d{1,16}\}\})?/g, (whole, rest: string = '') => {
    const braces = whole.length - rest.length
    return rest === '' ? `${'{ '.repeat(braces - 1)}{` : `${'{ '.repeat(braces - 2)}{{${rest}`
  })
}
