/** Clocks differ; a sender's may be a little ahead of ours. */
const AHEAD_AT_MOST_MS = 60_000

/** Why a signed instant is not taken; null when it is. `maxAgeSeconds` 0: any age is. */
export function ageProblem(signedAtMs: number, maxAgeSeconds: number, nowMs: number): string | null {
  if (signedAtMs > nowMs + AHEAD_AT_MOST_MS) return 'It was signed for a time that lies ahead. One of the two clocks is wrong.'
  if (maxAgeSeconds > 0 && nowMs - signedAtMs >= maxAgeSeconds * 1_000)
    return `It was signed ${Math.round((nowMs - signedAtMs) / 1_000)} s ago, and ${maxAgeSeconds} s is the most that is taken.`
  return null
}
