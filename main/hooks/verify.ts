import { CONTENTFUL_SECRET, type SourceKind, type SourceSettings } from '#shared/hook-sources.ts'
import { sameText } from '#main/platform/hmac.ts'
import { verifyContentful } from './verify-contentful.ts'
import { verifyGithub } from './verify-github.ts'
import { verifyHmac } from './verify-hmac.ts'
import { verifySanity } from './verify-sanity.ts'

/** A delivery as it came: nothing of it has been parsed. */
export interface RawDelivery {
  /** The path and query that the sender was given, before a tunnel or relay changed them. */
  readonly target: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
}

export interface Verifying {
  readonly settings: SourceSettings
  readonly secret: string
  readonly nowMs: number
}

/**
 * `keys`: what makes it the same delivery as another. A signature stands among them, so that a delivery which somebody
 * recorded and sends again is not a new one, whatever its unsigned headers say.
 */
export type Verdict = { readonly ok: true; readonly keys: readonly string[] } | { readonly ok: false; readonly reason: string }

const VERIFIERS: Readonly<Record<SourceKind, (delivery: RawDelivery, by: Verifying) => Verdict>> = {
  contentful: verifyContentful,
  sanity: verifySanity,
  github: verifyGithub,
  hmac: verifyHmac,
  header: verifyHeader,
}

/** Whether a delivery comes from whom it says, by its raw bytes. */
export function verify(kind: SourceKind, delivery: RawDelivery, by: Verifying): Verdict {
  return VERIFIERS[kind](delivery, by)
}

/** Why a secret cannot be one of this kind of source; null when it can. */
export function secretProblem(kind: SourceKind, secret: string): string | null {
  return kind === 'contentful' && !CONTENTFUL_SECRET.test(secret)
    ? 'Contentful takes a secret of exactly 64 letters, digits, +, /, =, _ or -'
    : null
}

/** A fixed value proves only who sends; two deliveries with the same content cannot be told from one that is repeated. */
function verifyHeader({ headers }: RawDelivery, { settings, secret }: Verifying): Verdict {
  const value = headers.get(settings.header)
  if (value === undefined) return { ok: false, reason: `The header ${settings.header} is missing.` }
  if (!sameText(value, settings.prefix + secret))
    return { ok: false, reason: `The header ${settings.header} has another value than was agreed.` }
  const key = headers.get('idempotency-key')
  return { ok: true, keys: key === undefined ? [] : [`k:${key.slice(0, 200)}`] }
}
