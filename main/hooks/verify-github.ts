import { hmac, sameText } from '#main/platform/hmac.ts'
import type { RawDelivery, Verdict, Verifying } from './verify.ts'

/**
 * GitHub sends `sha256=<hex>`, the HMAC-SHA256 of the body, which has no time in it: a repeated body is the same delivery
 * for as long as its key is kept. Source: @octokit/webhooks-methods 6.
 */
export function verifyGithub({ headers, body }: RawDelivery, { secret }: Verifying): Verdict {
  const signature = headers.get('x-hub-signature-256') ?? ''
  if (!/^sha256=[0-9a-f]{64}$/.test(signature))
    return { ok: false, reason: 'It has no signature of GitHub (X-Hub-Signature-256), or one that cannot be read.' }
  if (!sameText(signature, `sha256=${hmac('sha256', secret, [body], 'hex')}`))
    return { ok: false, reason: 'Its signature does not fit its content and the secret of this source.' }
  const id = headers.get('x-github-delivery')
  return { ok: true, keys: [`s:${signature}`, ...(id === undefined ? [] : [`k:${id.slice(0, 200)}`])] }
}
