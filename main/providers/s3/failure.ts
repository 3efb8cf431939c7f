import * as z from 'zod'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import { httpFailure, isNetworkError } from '#main/platform/http-failure.ts'
import { proxyWantsSignIn } from '#main/platform/proxy-failure.ts'

export interface Attempt {
  readonly bucket: string
  /** That was asked, as a person knows it. */
  readonly host: string
  readonly signal: AbortSignal | undefined
}

const Thrown = z.object({
  name: z.string().catch('Error'),
  message: z.string().catch(''),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
})

const WRONG_KEYS = new Set(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'ExpiredToken'])

/** Whether a permission was lacking, as S3 says where its answer has a body: its own word begins the cause. */
export const isDenied = ({ cause }: AppError): boolean =>
  cause instanceof Error && /^(AccessDenied|AllAccessDisabled):/.test(cause.message)

/**
 * Says what an error of the S3 client means: `missing` for no such object, else an `AppError`, or the reason of a caller
 * who aborted. A HEAD's answer has no body, so S3 tells little more than its status.
 */
export function s3Failure(error: unknown, { bucket, host, signal }: Attempt): unknown {
  if (error instanceof AppError) return error
  if (signal?.aborted === true) return signal.reason
  const { name, message, $metadata } = Thrown.parse(error)
  const status = $metadata?.httpStatusCode
  // The cause is a copy: the original drags the signed request along.
  const fail = (code: ErrorCode, sentence: string, fix: string, retryable = false) =>
    new AppError(code, sentence, { fix, retryable }, new Error(`${name}: ${message.slice(0, 200)}`))
  if (status === 407) return proxyWantsSignIn(host)
  if (name === 'NoSuchBucket') return fail('NOT_FOUND', `There is no bucket ${bucket}.`, 'Check its name and its region.')
  if (status === 404) return 'missing'
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError' || name === 'ProviderError') {
    return fail(
      'CREDENTIALS_REFUSED',
      'No AWS credentials were found on this machine for the bucket.',
      'Sign in with the AWS CLI, or enter keys.',
    )
  }
  if (WRONG_KEYS.has(name))
    return fail(
      'CREDENTIALS_REFUSED',
      `S3 does not accept these credentials for the bucket ${bucket} (${name}).`,
      'Enter others, or sign in again.',
    )
  if (status === 401 || status === 403) {
    return fail(
      'CREDENTIALS_REFUSED',
      `The bucket ${bucket} refuses these credentials (status ${status}). Origin access control lets the edge in, not us; and without s3:ListBucket S3 gives the same answer for an object that is not there.`,
      `Allow s3:GetObject and s3:ListBucket on ${bucket} to this user or role.`,
    )
  }
  if (status === 301 || status === 307 || status === 400) {
    return fail(
      'PROVIDER_REFUSED',
      `The bucket ${bucket} is not asked rightly (status ${status}).`,
      'Check its region and the endpoint.',
    )
  }
  if (status === 429 || status === 503 || name === 'SlowDown') {
    return fail('THROTTLED', `S3 asks to slow down for ${bucket}.`, 'Try again in a moment.', true)
  }
  if (isNetworkError(error) || name === 'TimeoutError' || status === undefined) return httpFailure(error, host, signal)
  return fail(
    'UNREACHABLE',
    `What ${host} answered is not S3's API, or had a failure of its own (status ${status}).`,
    'Check the endpoint, or try again.',
    true,
  )
}
