import { withoutBadPlaceholders } from '#shared/time-placeholders.ts'

/** Names of query parameters that open a door or name a person. */
const NAME =
  /^(.*[-_.])?(token|key|apikey|secret|sig|signature|hmac|password|passwd|pass|pwd|auth|authorization|session|sessionid|sid|jwt|code|otp|credential|ticket|nonce|email|mail)$/i
const PARAMETER = /([?&;])([^=&;#\s"'`<>()]+)=([^&;#\s"'`<>()]*)/g
const USER_INFO = /(\bhttps?:\/\/)[^/?#\s@"'`]+@/gi
const BEARER = /\b(Bearer|Basic|Digest)\s+[A-Za-z0-9._~+/=-]{6,}/gi
const JWT = /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g
const COOKIE_LINE = /\b(set-cookie2?|cookie|authorization|proxy-authorization)\s*:\s*[^\n]+/gi

/** Long, and of letters and digits mixed: made by a machine to be guessed by nobody. */
function looksSecret(value: string): boolean {
  return /^[\w.~%+/=-]{24,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value)
}

/** A text without what opens a door: passwords in addresses, tokens in queries, credentials, cookies. */
export function withoutSecrets(text: string): string {
  return text
    .replace(USER_INFO, '$1…@')
    .replace(COOKIE_LINE, '$1: …')
    .replace(BEARER, '$1 …')
    .replace(JWT, '…')
    .replace(PARAMETER, (whole, mark: string, name: string, value: string) =>
      value !== '' && (NAME.test(name) || looksSecret(value)) ? `${mark}${name}=…` : whole,
    )
}

export const safeText = (text: string): string => withoutBadPlaceholders(withoutSecrets(text))

const SECRET_FIELD =
  /^(cookie2?|authorization|proxy-authorization|proxy-authenticate|www-authenticate|authentication-info|.*[-_](token|secret|password|session|apikey|api-key|signature|auth))$/i

/** Header fields for whoever wants to read them: of cookies only the names. */
export function safeHeaders(headers: readonly (readonly [string, string])[]): [string, string][] {
  return headers.flatMap(([name, value]): [string, string][] => {
    if (SECRET_FIELD.test(name)) return []
    if (/^set-cookie2?$/i.test(name)) return [[name, `${safeText(value.split(/[=;]/, 1)[0]?.trim() ?? '')}=…`]]
    return [[safeText(name), safeText(value)]]
  })
}

/** A path as an edge must be told it stays as it is: a shortened one would purge something else. */
const EXACT: ReadonlySet<string> = new Set(['url', 'lines', 'headers', 'id'])

/** Plain data with every text in it made safe to be passed on, but for addresses that are asked for again. */
export function safeData<T>(data: T): T {
  // The shape stays what it was; only strings change.
  return clean(data) as T
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return safeText(value)
  if (Array.isArray(value)) return value.map(clean)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, EXACT.has(key) ? inner : clean(inner)]))
}
