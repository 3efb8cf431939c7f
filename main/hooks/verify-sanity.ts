import { hmac, sameText } from '#main/platform/hmac.ts'
import { ageProblem } from './age.ts'
import type { RawDelivery, Verdict, Verifying } from './verify.ts'

/**
 * Sanity sends `t=<ms>,v1=<signature>`: HMAC-SHA256 of `<t>.<body>` in base64url without padding. Source:
 * @sanity/webhook 4.0. Deliveries may come late and out of order.
 */
export function verifySanity({ headers, body }: RawDelivery, { settings, secret, nowMs }: Verifying): Verdict {
  const [, timestamp, signature] =
    /^t=(\d{13})[, ]+v1=([A-Za-z0-9_-]{43})$/.exec(headers.get('sanity-webhook-signature') ?? '') ?? []
  if (timestamp === undefined || signature === undefined)
    return { ok: false, reason: 'It has no signature of Sanity, or one that cannot be read.' }
  if (!sameText(signature, hmac('sha256', secret, [`${timestamp}.`, body], 'base64url')))
    return { ok: false, reason: 'Its signature does not fit its content and the secret of this source.' }
  const tooOld = ageProblem(Number(timestamp), settings.maxAgeSeconds, nowMs)
  if (tooOld !== null) return { ok: false, reason: tooOld }
  const key = headers.get('idempotency-key')
  return { ok: true, keys: [`s:${signature}`, ...(key === undefined ? [] : [`k:${key.slice(0, 200)}`])] }
}
