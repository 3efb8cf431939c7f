import { AppError, type ErrorDetails } from '#shared/errors.ts'
import { proxyErrorIn, tellProxy } from './proxy-failure.ts'

/** Limits that an answer broke, thrown inside this folder and told by `httpFailure`. */
export class HttpLimitError extends Error {
  readonly kind: 'timeout' | 'body' | 'decoded' | 'line' | 'encoding'
  readonly limit: number
  constructor(kind: HttpLimitError['kind'], limit: number) {
    super(`${kind} limit ${limit}`)
    this.name = 'HttpLimitError'
    this.kind = kind
    this.limit = limit
  }
}

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
])

type Told = readonly [sentence: string, fix: string, retryable: boolean]

const ONLINE = 'Check that the server runs and that this machine is online, then try again.'

const BY_CODE: Readonly<Record<string, (host: string) => Told>> = {
  ENOTFOUND: (host) => [`The name ${host} was not found.`, 'Check the spelling of the address, and the site’s DNS.', true],
  EAI_AGAIN: (host) => [`The name ${host} could not be looked up: the DNS did not answer.`, ONLINE, true],
  ECONNREFUSED: (host) => [`${host} refused the connection: nothing listens there.`, ONLINE, true],
  ECONNRESET: (host) => [`${host} cut the connection before its answer was complete.`, 'Try again.', true],
  EPIPE: (host) => [`${host} cut the connection before its answer was complete.`, 'Try again.', true],
  UND_ERR_SOCKET: (host) => [`${host} closed the connection before its answer was complete.`, 'Try again.', true],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: (host) => [`${host} sent less or more than it announced.`, 'Try again.', true],
  EHOSTUNREACH: (host) => [`There is no route to ${host}.`, ONLINE, true],
  ENETUNREACH: (host) => [`There is no route to ${host}.`, ONLINE, true],
  ETIMEDOUT: (host) => [`${host} did not accept a connection in time.`, ONLINE, true],
  UND_ERR_CONNECT_TIMEOUT: (host) => [`${host} did not accept a connection in time.`, ONLINE, true],
  CERT_HAS_EXPIRED: (host) => [`The TLS certificate of ${host} has expired.`, 'Renew the certificate.', false],
  CERT_NOT_YET_VALID: (host) => [`The TLS certificate of ${host} is not valid yet.`, 'Check this machine’s clock.', false],
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => [
    `The TLS certificate of ${host} is for another name.`,
    'Check the address, or add the name to the certificate.',
    false,
  ],
  UND_ERR_HEADERS_OVERFLOW: (host) => [
    `The headers of the answer from ${host} are larger than 64 KiB.`,
    'Look for a header that grows, such as a cookie.',
    false,
  ],
  PRIVATE_ADDRESS: (host) => [
    `${host} is a private address, which is not asked unless it belongs to a site.`,
    'Add it as an address of a site when it is one.',
    false,
  ],
}

/**
 * Turns whatever went wrong on the way into `AppError('UNREACHABLE')`. Names the host only: a path may be a secret.
 * What is an `AppError` already, and the reason of a caller who aborted, pass unchanged.
 *
 * @param hostPort as a person knows it: `www.example.com` or `shop.localhost:4180`.
 */
export function httpFailure(error: unknown, hostPort: string, signal?: AbortSignal): unknown {
  if (error instanceof AppError) return error
  if (signal?.aborted === true) return signal.reason
  const [sentence, fix, retryable] = tell(error, hostPort)
  const details: ErrorDetails = { fix, retryable }
  return new AppError('UNREACHABLE', sentence, details, error)
}

/** Whether an error looks like one of the network, for callers whose client has errors of its own kinds. */
export function isNetworkError(error: unknown): boolean {
  const code = codeOf(error)
  return proxyErrorIn(error) !== null || (code !== undefined && (code in BY_CODE || isTlsCode(code)))
}

/** Whether something was not asked because it has a private address that nobody registered. */
export function isPrivateRefusal(error: unknown): boolean {
  return error instanceof AppError && codeOf(error.cause) === 'PRIVATE_ADDRESS'
}

function tell(error: unknown, host: string): Told {
  if (error instanceof HttpLimitError) return tellLimit(error, host)
  const ofProxy = proxyErrorIn(error)
  if (ofProxy) return tellProxy(ofProxy, host)
  const code = codeOf(error)
  const told = code === undefined ? undefined : BY_CODE[code]
  if (told) return told(host)
  if (code !== undefined && UNTRUSTED.has(code)) {
    return [
      `The TLS certificate of ${host} is not signed by an authority that this machine trusts.`,
      'Install the whole certificate chain on the server. In a network whose proxy opens TLS, add your company’s CA file in Settings → Network.',
      false,
    ]
  }
  if (code !== undefined && isTlsCode(code)) {
    return [`No secure connection to ${host} came about (${code}).`, 'Check whether that port speaks HTTPS.', false]
  }
  // undici's parser names a code for some faults only.
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return [`What ${host} answered is not valid HTTP.`, 'Check that the port belongs to a web server.', false]
  }
  if (code?.startsWith('Z_') === true || code?.startsWith('ERR_BROTLI') === true || code?.startsWith('ERR__ERROR') === true) {
    return [`The answer from ${host} is compressed but damaged or cut short.`, 'Try again.', true]
  }
  return [`${host} could not be reached${code === undefined ? '' : ` (${code})`}.`, ONLINE, true]
}

function tellLimit({ kind, limit }: HttpLimitError, host: string): Told {
  switch (kind) {
    case 'timeout':
      return [`${host} did not finish its answer within ${limit / 1000} s.`, 'Try again, or look at the server.', true]
    case 'body':
      return [`The answer from ${host} is larger than ${mebibytes(limit)}.`, 'Such an answer is not a page.', false]
    case 'decoded':
      return [
        `The answer from ${host} unpacks to more than ${mebibytes(limit)}.`,
        'So much from a small file is usually an attack or a broken server.',
        false,
      ]
    case 'line':
      return [`${host} sent a line of more than ${limit} characters.`, 'Check that the address is a text log.', false]
    case 'encoding':
      return [`The answer from ${host} is packed more than ${limit} times.`, 'Let the server compress once.', false]
  }
}

function mebibytes(bytes: number): string {
  return bytes >= 1_048_576 ? `${Math.round(bytes / 1_048_576)} MiB` : `${Math.round(bytes / 1024)} KiB`
}

function isTlsCode(code: string): boolean {
  return (
    code === 'EPROTO' ||
    code.startsWith('ERR_SSL_') ||
    code.startsWith('ERR_TLS_') ||
    code.startsWith('CERT_') ||
    UNTRUSTED.has(code)
  )
}

/** The code of an error, of the attempts that it bundles (one an address), or of its cause. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof AggregateError) {
    for (const inner of error.errors) {
      const code = codeOf(inner)
      if (code !== undefined && code !== 'ENETUNREACH' && code !== 'EADDRNOTAVAIL') return code
    }
  }
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}
