import { AppError } from '#shared/errors.ts'
import type { TextAnswer } from '#main/platform/http-text.ts'
import { retryAfterMs } from '#main/platform/retry-after.ts'

/**
 * Says what a status other than 2xx of the hook itself means. Only the host is named: the rest of a hook's address is
 * its secret.
 */
export function hookRefusal(answer: TextAnswer): AppError {
  const { status, url, headers } = answer
  const { host } = url
  if (status === 404 || status === 410) {
    return new AppError('NOT_FOUND', `The build hook is not known at ${host} any more.`, {
      field: 'builder.hookUrl',
      fix: 'It may have been deleted: create a new one at the build service and enter its address.',
      retryable: false,
    })
  }
  if (status === 401 || status === 403) {
    return new AppError('CREDENTIALS_REFUSED', `${host} does not let this build hook start a build (status ${status}).`, {
      field: 'builder.hookUrl',
      fix: 'Copy the address of the hook again, as a whole.',
      retryable: false,
    })
  }
  if (status === 429) return tooMany(answer)
  if (status >= 500) return brokenService(answer)
  if (status >= 300 && status < 400) {
    const target = URL.parse(headers.get('location') ?? '', url.href)?.host ?? 'another address'
    return new AppError('PROVIDER_REFUSED', `The build hook at ${host} redirects to ${target}, so nothing was started.`, {
      field: 'builder.hookUrl',
      fix: 'Enter the address that the service names today.',
      retryable: false,
    })
  }
  if (status === 405) {
    return new AppError('PROVIDER_REFUSED', `The address at ${host} does not take a POST: it is no build hook.`, {
      field: 'builder.hookUrl',
      fix: 'Look for “build hook” or “deploy hook” in the settings of the build service.',
      retryable: false,
    })
  }
  return new AppError('PROVIDER_REFUSED', `The build hook at ${host} refused to start a build (status ${status}).`, {
    field: 'builder.hookUrl',
    fix: 'Look at the build service why it refuses: builds may be paused.',
    retryable: false,
  })
}

/** The same for the other addresses of the service. @param what begins the sentence: "The build". */
export function serviceRefusal(answer: TextAnswer, what: string): AppError {
  const { status, url } = answer
  const { host } = url
  if (status === 404 || status === 410) {
    return new AppError('NOT_FOUND', `${what} is not known at ${host} any more.`, { retryable: false })
  }
  if (status === 401 || status === 403) {
    return new AppError('CREDENTIALS_REFUSED', `${what} may not be read at ${host} without a sign-in (status ${status}).`, {
      fix: 'Let the build service show it to this machine.',
      retryable: false,
    })
  }
  if (status === 429) return tooMany(answer)
  if (status >= 500) return brokenService(answer)
  return new AppError('PROVIDER_REFUSED', `${what} could not be had: ${host} answered with status ${status}.`, {
    retryable: false,
  })
}

function tooMany(answer: TextAnswer): AppError {
  return new AppError('THROTTLED', `${answer.url.host} asks to slow down: it was called too often.`, {
    fix: 'Wait a minute, then try again.',
    retryable: true,
    ...waitOf(answer),
  })
}

function brokenService(answer: TextAnswer): AppError {
  const { status, url } = answer
  return new AppError('UNREACHABLE', `The build service at ${url.host} had a failure of its own (status ${status}).`, {
    fix: 'Try again in a moment.',
    retryable: true,
    ...waitOf(answer),
  })
}

function waitOf({ headers }: TextAnswer): { readonly waitMs?: number } {
  const waitMs = retryAfterMs(headers.get('retry-after'), Date.now())
  return waitMs === null ? {} : { waitMs }
}
