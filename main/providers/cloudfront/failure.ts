import { AppError, type ErrorCode, type ErrorDetails } from '#shared/errors.ts'
import { HttpLimitError, httpFailure, isNetworkError } from '#main/platform/http-failure.ts'
import { proxyWantsSignIn } from '#main/platform/proxy-failure.ts'
import type { CloudFrontCredentials } from './client.ts'
import { denialFix, readDenial } from './denial.ts'

/** What was asked, for the sentence about its failure. */
export interface Attempt {
  readonly distributionId: string
  /** The IAM action that it needs: `cloudfront:CreateInvalidation`. */
  readonly action: string
  readonly credentials: CloudFrontCredentials
  /** The host that was asked, as a person knows it. */
  readonly host: string
  readonly signal: AbortSignal | undefined
}

const WRONG_KEYS = new Set([
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'InvalidSignature',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'OptInRequired',
])
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'])
const CLOCK = new Set(['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture'])
const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError'])
const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'BandwidthLimitExceeded',
  'PriorRequestNotComplete',
])
const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'NotAuthorized'])

/**
 * Says what an error of the AWS client means, as an `AppError`. Its `cause` is a copy with name and message only: the
 * original drags the signed request along. The reason of a caller who aborted passes unchanged.
 */
export function cloudFrontFailure(error: unknown, attempt: Attempt): unknown {
  if (error instanceof AppError) return error
  if (attempt.signal?.aborted === true) return attempt.signal.reason
  const { name, message, status } = read(error)
  const fail = (code: ErrorCode, sentence: string, details: ErrorDetails): AppError =>
    new AppError(code, sentence, details, new Error(`${name}: ${withoutSecrets(message, attempt)}`))

  if (DENIED.has(name)) {
    const denial = readDenial(message)
    const action = denial.action ?? attempt.action
    return fail('CREDENTIALS_REFUSED', `These AWS credentials may not call ${action} on ${attempt.distributionId}.`, {
      fix: denialFix(denial, action),
      retryable: false,
    })
  }
  if (NO_CREDENTIALS.has(name) || EXPIRED.has(name) || WRONG_KEYS.has(name) || CLOCK.has(name)) {
    return fail('CREDENTIALS_REFUSED', ...credentialsSentence(name, message, attempt))
  }
  if (isUnknownDistribution(error)) {
    return fail('NOT_FOUND', `There is no distribution ${attempt.distributionId} in this account.`, {
      fix: 'Check the id in the CloudFront console, and that the credentials belong to the account that owns it.',
      retryable: false,
    })
  }
  if (name === 'NoSuchInvalidation') {
    return fail('NOT_FOUND', `CloudFront does not know this purge of ${attempt.distributionId} any more.`, { retryable: false })
  }
  if (name === 'TooManyInvalidationsInProgress') {
    return fail('THROTTLED', 'CloudFront is still working on earlier purges and accepts no more at the moment.', {
      fix: 'It is sent again by itself when some have finished; fewer wildcards help.',
      retryable: true,
    })
  }
  if (THROTTLED.has(name) || status === 429) {
    return fail('THROTTLED', 'CloudFront asks to slow down: this account sent too many requests.', {
      fix: 'It is sent again by itself in a moment.',
      retryable: true,
    })
  }
  if (name === 'InvalidationBatchAlreadyExists') {
    return fail('PROVIDER_REFUSED', 'CloudFront has already accepted another list of items under the reference of this purge.', {
      field: 'reference',
      fix: 'Make a new plan: it gets a reference of its own. What was accepted is being purged.',
      retryable: false,
    })
  }
  if (name === 'BatchTooLarge') {
    return fail('PROVIDER_REFUSED', 'CloudFront refused the purge: it has too many items for one request.', {
      fix: 'Purge in smaller parts, or use a wildcard or a tag.',
      retryable: false,
    })
  }
  if (isNetworkFailure(error, name)) return networkFailure(error, name, attempt)
  if (status !== undefined && status >= 500) {
    return fail('UNREACHABLE', `CloudFront’s API at ${attempt.host} had a failure of its own (status ${status}).`, {
      fix: 'Try again in a moment.',
      retryable: true,
    })
  }
  if (status === 407) return proxyWantsSignIn(attempt.host)
  if (status === undefined || isUnreadable(name, message)) return notCloudFront(attempt, error)
  const said = withoutSecrets(message, attempt).slice(0, 300)
  return fail('PROVIDER_REFUSED', `CloudFront refused this (${name}): ${said}`, { retryable: false })
}

/** Whether these credentials may not do this, rather than nobody. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && DENIED.has(error.name)
}

/** Whether the account has no distribution of this id. */
export function isUnknownDistribution(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchDistribution'
}

/** The answer came from something else: a proxy, a captive portal, a wrong endpoint. What was asked may still have run. */
export function notCloudFront(attempt: Attempt, error?: unknown): AppError {
  return new AppError(
    'UNREACHABLE',
    `What ${attempt.host} answered is not CloudFront’s API.`,
    {
      fix: 'Check the endpoint: a proxy, a sign-in page or another server may have answered.',
      retryable: true,
    },
    error === undefined ? undefined : new Error(read(error).name),
  )
}

function credentialsSentence(name: string, message: string, { credentials, host }: Attempt): [string, ErrorDetails] {
  if (CLOCK.has(name)) {
    return [
      'AWS refused the signature because this machine’s clock is wrong.',
      { fix: 'Set the clock, then try again.', retryable: false },
    ]
  }
  const profile = credentials.kind === 'profile' ? credentials.profile : process.env['AWS_PROFILE']
  if (/\bsso\b|aws login|login session/i.test(message) || (EXPIRED.has(name) && credentials.kind === 'profile')) {
    const option = profile === undefined ? '' : ` --profile ${profile}`
    const command = /\bsso\b/i.test(message) || !/aws login|login session/i.test(message) ? 'aws sso login' : 'aws login'
    return [
      `The sign-in at AWS${profile === undefined ? '' : ` of the profile ${profile}`} has expired.`,
      { fix: `Run \`${command}${option}\`, then try again.`, retryable: true },
    ]
  }
  if (EXPIRED.has(name)) {
    return ['These AWS credentials have expired.', { fix: 'Renew them where they come from, then try again.', retryable: true }]
  }
  if (NO_CREDENTIALS.has(name)) {
    return credentials.kind === 'profile'
      ? [
          `The AWS profile ${credentials.profile} gives no credentials.`,
          {
            fix: 'Look for it in ~/.aws/config and ~/.aws/credentials; `aws configure list-profiles` names all.',
            retryable: false,
          },
        ]
      : [
          'No AWS credentials were found on this machine.',
          {
            fix: 'Sign in with the AWS command line, name a profile, or enter access keys.',
            retryable: false,
          },
        ]
  }
  return [
    `AWS does not accept these credentials (asked at ${host}).`,
    {
      fix:
        credentials.kind === 'keys'
          ? 'Enter the access key id and the secret again; the key may have been deleted.'
          : 'Check the keys of this profile or environment; they may have been deleted.',
      retryable: false,
    },
  ]
}

function isNetworkFailure(error: unknown, name: string): boolean {
  return name === 'TimeoutError' || name === 'NetworkingError' || isNetworkError(error)
}

function networkFailure(error: unknown, name: string, { host, signal }: Attempt): unknown {
  return httpFailure(
    name === 'TimeoutError' && !isNetworkError(error) ? new HttpLimitError('timeout', 20_000) : error,
    host,
    signal,
  )
}

/** The client names no code, or complains about text, when the body was no XML of CloudFront's. */
function isUnreadable(name: string, message: string): boolean {
  return ['Unknown', 'UnknownError', 'Error', 'SyntaxError', 'TypeError'].includes(name) || /deserialization error/i.test(message)
}

interface Read {
  readonly name: string
  readonly message: string
  readonly status: number | undefined
}

function read(error: unknown): Read {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), status: undefined }
  // Every exception of the SDK carries `$metadata`; its status is missing when no answer came.
  const metadata = '$metadata' in error ? error.$metadata : undefined
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined
  return { name: error.name, message: error.message, status: typeof status === 'number' ? status : undefined }
}

function withoutSecrets(text: string, { credentials }: Attempt): string {
  // Replacing an empty text would put the replacement between all letters.
  if (credentials.kind !== 'keys' || credentials.secretAccessKey === '' || credentials.accessKeyId === '') return text
  return text.replaceAll(credentials.secretAccessKey, '(secret)').replaceAll(credentials.accessKeyId, '(key id)')
}
