import type * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { proxyErrorIn, tellProxy } from '#main/platform/proxy-failure.ts'

/** What the client throws for a status other than 2xx. Nothing else of its errors may be shown: they carry the token. */
interface ClientError {
  readonly status?: unknown
  readonly message?: unknown
  readonly json?: { readonly message?: unknown }
}

const MESSAGE_LENGTH = 200

/** @param what begins the sentence: "The site". */
export function answerRefusal(thrown: unknown, what: string, host: string): AppError {
  const { status, json, message } = thrown as ClientError
  const cause = new Error(String(message).slice(0, MESSAGE_LENGTH))
  if (typeof status !== 'number') return brokenLine(host, cause)
  const said = typeof json?.message === 'string' ? ` It says: ${json.message.slice(0, MESSAGE_LENGTH)}` : ''
  switch (status) {
    case 401:
      return new AppError(
        'CREDENTIALS_REFUSED',
        'Netlify does not accept this token.',
        {
          field: 'builder.token',
          fix: 'It may have expired or been revoked. Create a personal access token in your user settings at Netlify and enter it.',
          retryable: false,
        },
        cause,
      )
    case 403:
      return new AppError(
        'CREDENTIALS_REFUSED',
        `The owner of this Netlify token may not do this.${said}`,
        {
          field: 'builder.token',
          fix: 'Use a token of a team member who may deploy this site: a Developer or an Owner.',
          retryable: false,
        },
        cause,
      )
    case 404:
      return new AppError(
        'NOT_FOUND',
        `${what} is not known at Netlify, or this token may not see it.`,
        {
          ...(what === 'The site' ? { field: 'builder.siteId' } : {}),
          fix: 'Copy the site id again (Site configuration → Site details), and use a token of a member of its team.',
          retryable: false,
        },
        cause,
      )
    case 429:
      return slowDown(host)
    default:
      if (status >= 500) {
        return new AppError(
          'UNREACHABLE',
          `Netlify had a failure of its own (status ${status}).`,
          { fix: 'Try again in a moment, or look at www.netlifystatus.com.', retryable: true },
          cause,
        )
      }
      return new AppError(
        'PROVIDER_REFUSED',
        `Netlify refused (status ${status}).${said}`,
        {
          fix: 'Look at the site at Netlify: builds may be stopped, its credits used up, or its plan may not allow this.',
          retryable: false,
        },
        cause,
      )
  }
}

export function slowDown(host: string): AppError {
  return new AppError('THROTTLED', `${host} asks to slow down: it was called too often.`, {
    fix: 'Wait a minute, then try again. Every program with this account counts.',
    retryable: true,
  })
}

export function brokenLine(host: string, cause: Error): AppError {
  const ofProxy = proxyErrorIn(cause)
  if (ofProxy) {
    const [sentence, fix, retryable] = tellProxy(ofProxy, host)
    return new AppError('UNREACHABLE', sentence, { fix, retryable }, ofProxy)
  }
  return new AppError(
    'UNREACHABLE',
    `Netlify cannot be reached at ${host}.`,
    { fix: 'Check the connection of this machine, then try again.', retryable: true },
    new Error(cause.message.slice(0, MESSAGE_LENGTH)),
  )
}

export function tokenMissing(): AppError {
  return new AppError('CREDENTIALS_REFUSED', 'The Netlify token of this site is missing.', {
    field: 'builder.token',
    fix: 'Enter it again.',
    retryable: false,
  })
}

/** Names the member that is wrong, never a value. */
export function notUnderstood(host: string, { issues: [issue] }: z.ZodError): AppError {
  const where = issue === undefined || issue.path.length === 0 ? 'the answer' : issue.path.join('.')
  return new AppError(
    'PROVIDER_REFUSED',
    `The answer of ${host} is not what was expected: ${where} is wrong.`,
    { fix: 'Check the base address: it has to be the one of the API of Netlify.', retryable: false },
    new Error(issue?.message ?? 'does not parse'),
  )
}
