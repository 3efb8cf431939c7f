import { hmac, sameText } from '#main/platform/hmac.ts'
import { ageProblem } from './age.ts'
import type { RawDelivery, Verdict, Verifying } from './verify.ts'

/** Without a signed time, an equal body within this time is taken for the same delivery, and a later one for a new one. */
const SAME_WITHIN_MS = 300_000
/** Unix seconds have ten digits until the year 2286. */
const SECONDS = /^\d{10}$/

/** Any sender that signs the body, or a time and the body as `<time>.<body>`. */
export function verifyHmac({ headers, body }: RawDelivery, { settings, secret, nowMs }: Verifying): Verdict {
  const { header, prefix, algorithm, encoding, timestampHeader, maxAgeSeconds } = settings
  const given = headers.get(header)
  if (given === undefined) return { ok: false, reason: `The header ${header} is missing.` }
  const timestamp = timestampHeader === '' ? null : (headers.get(timestampHeader) ?? '')
  if (timestamp !== null && !/^(\d{10}|\d{13})$/.test(timestamp))
    return { ok: false, reason: `The header ${timestampHeader} is missing or is no Unix time.` }
  const parts = timestamp === null ? [body] : [`${timestamp}.`, body]
  if (!sameText(given, prefix + hmac(algorithm, secret, parts, encoding)))
    return { ok: false, reason: 'Its signature does not fit its content and the secret of this source.' }
  if (timestamp !== null) {
    const signedAtMs = Number(timestamp) * (SECONDS.test(timestamp) ? 1_000 : 1)
    const tooOld = ageProblem(signedAtMs, maxAgeSeconds, nowMs)
    if (tooOld !== null) return { ok: false, reason: tooOld }
  }
  const key = headers.get('idempotency-key')
  const signed = timestamp === null ? `s:${Math.floor(nowMs / SAME_WITHIN_MS)}:${given}` : `s:${given}`
  return { ok: true, keys: [signed, ...(key === undefined ? [] : [`k:${key.slice(0, 200)}`])] }
}
