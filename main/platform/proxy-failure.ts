import { AppError } from '#shared/errors.ts'
import { proxyName, type ProxyServer } from './proxy-rules.ts'

/** Why a proxy is the reason that something was not reached. */
export type ProxyTrouble = 'unreachable' | 'sign-in' | 'wrong-sign-in' | 'refused' | 'behind'

/** Something went wrong at the proxy, not at the host that was asked. Holds nothing secret. */
export class ProxyError extends Error {
  readonly code = 'PROXY'
  readonly trouble: ProxyTrouble
  readonly proxy: string
  /** What the proxy answered; null when it did not. */
  readonly status: number | null
  constructor(trouble: ProxyTrouble, proxy: ProxyServer, status: number | null, cause?: unknown) {
    super(`proxy ${proxyName(proxy)}: ${trouble}${status === null ? '' : ` (status ${status})`}`, { cause })
    this.name = 'ProxyError'
    this.trouble = trouble
    this.proxy = proxyName(proxy)
    this.status = status
  }
}

/** What a refusal of the proxy itself means, by its status. */
export function proxyRefusal(proxy: ProxyServer, status: number): ProxyError {
  if (status === 407) return new ProxyError(proxy.authorization === null ? 'sign-in' : 'wrong-sign-in', proxy, status)
  return new ProxyError(status < 500 ? 'refused' : 'behind', proxy, status)
}

/**
 * Whether an answer to a request that was passed on plainly is the proxy's own: 407 always is, and Squid marks what it
 * writes itself.
 */
export function isOfProxy(status: number, squidError: string | undefined): boolean {
  return status === 407 || squidError !== undefined
}

/** The `ProxyError` in an error or among its causes. */
export function proxyErrorIn(error: unknown): ProxyError | null {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof ProxyError) return at
  return null
}

/** A sentence, what to do, and whether it may pass. */
export function tellProxy({ trouble, proxy, status, cause }: ProxyError, host: string): readonly [string, string, boolean] {
  switch (trouble) {
    case 'sign-in':
      return [
        `The proxy ${proxy} wants a name and a password, so ${host} was not reached.`,
        'Enter them in Settings → Network, or in HTTPS_PROXY when the proxy comes from there.',
        false,
      ]
    case 'wrong-sign-in':
      return [
        `The proxy ${proxy} does not take the name and password that it was given, so ${host} was not reached.`,
        'Enter them again in Settings → Network; they may have changed.',
        false,
      ]
    case 'refused':
      return [
        `The proxy ${proxy} does not let this machine reach ${host} (status ${status}).`,
        'Ask whoever runs the proxy to allow it, or name the host among those that go without a proxy.',
        false,
      ]
    case 'behind':
      return [
        `The proxy ${proxy} could not reach ${host} (status ${status}).`,
        'Check the address. When it is right, the proxy has no way to it at the moment.',
        true,
      ]
    case 'unreachable': {
      const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
      return [
        `The proxy ${proxy} could not be reached${code}, so ${host} was not asked.`,
        'Check that this machine is in the company’s network, and the proxy in Settings → Network.',
        true,
      ]
    }
  }
}

/** For clients that were answered 407 and do not know by which proxy. */
export function proxyWantsSignIn(host: string): AppError {
  return new AppError('UNREACHABLE', `The proxy on the way to ${host} wants a name and a password.`, {
    fix: 'Enter them in Settings → Network, or in HTTP_PROXY when the proxy comes from there.',
    retryable: false,
  })
}
