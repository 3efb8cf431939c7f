/** Clocks differ; a sender's may be a little ahead of ours. */
const AHEAD_AT_MOST_MS = 60_000

/** Why a signed instant is not taken; null when it is. `maxAgeSeconds` 0: any age is. */
export function ageProblem(signedAtMs: number, maxAgeSeconds: number, nowMs: number): string | null {
  if (signedAtMs > nowMs + AHEAD_AT_MOST_MS) return 'It was signed for a time that lies ahead. One of the two clocks is wrong.'
  if (maxAgeSeconds > 0 && nowMs - signedAtMs >= maxAgeSeconds * 1_000)
    return `It was signed ${span((nowMs - signedAtMs) / 1_000)} ago, and ${span(maxAgeSeconds)} is the most that is taken.`
  return null
}

function span(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`
}
