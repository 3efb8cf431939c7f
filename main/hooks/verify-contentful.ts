import { hmac, sameText } from '#main/platform/hmac.ts'
import { ageProblem } from './age.ts'
import type { RawDelivery, Verdict, Verifying } from './verify.ts'

const SIGNATURE = 'x-contentful-signature'
const SIGNED_HEADERS = 'x-contentful-signed-headers'
const TIMESTAMP = 'x-contentful-timestamp'

/**
 * Contentful signs `METHOD\nPATH\nname:value;…\nBODY` with HMAC-SHA256 in hex: the headers that it names, sorted, among
 * them the timestamp. Source: @contentful/node-apps-toolkit 3.16, `requests/sign-request`.
 */
export function verifyContentful({ target, headers, body }: RawDelivery, { settings, secret, nowMs }: Verifying): Verdict {
  const signature = headers.get(SIGNATURE) ?? ''
  const names = (headers.get(SIGNED_HEADERS) ?? '').split(',').map((name) => name.trim().toLowerCase())
  const timestamp = headers.get(TIMESTAMP) ?? ''
  if (!/^[0-9a-f]{64}$/.test(signature))
    return { ok: false, reason: 'It has no signature of Contentful, or one that cannot be read.' }
  if (!/^\d{13}$/.test(timestamp) || !names.includes(TIMESTAMP) || !names.includes(SIGNED_HEADERS))
    return { ok: false, reason: 'Its time is missing or is not signed.' }
  const lines = [...new Set(names)]
    .toSorted((a, b) => (a > b ? 1 : -1))
    .map((name) => `${name}:${(headers.get(name) ?? '').trim()}`)
  const made = hmac('sha256', secret, [`POST\n${encodedPath(target)}\n${lines.join(';')}\n`, body], 'hex')
  if (!sameText(signature, made))
    return { ok: false, reason: 'Its signature does not fit its content and the secret of this source.' }
  const tooOld = ageProblem(Number(timestamp), settings.maxAgeSeconds, nowMs)
  if (tooOld !== null) return { ok: false, reason: tooOld }
  const key = headers.get('x-contentful-idempotency-key')
  return { ok: true, keys: [`s:${signature}`, ...(key === undefined ? [] : [`k:${key.slice(0, 200)}`])] }
}

/** The toolkit escapes the whole query as one text, and then the address again. */
function encodedPath(target: string): string {
  const [path = '', query = ''] = target.split('?')
  return encodeURI(query === '' ? path : `${path}?${encodeURIComponent(query)}`)
}
