import { AppError } from '#shared/errors.ts'
import type { TextAnswer } from '#main/platform/http-text.ts'

/**
 * Says what a status other than 2xx of a renderer means. Only the host is named: the rest of the address is its secret,
 * and an answer's own text may repeat it.
 */
export function rendererRefusal({ status, url: { host } }: TextAnswer): AppError {
  if (status === 404 || status === 410) {
    return new AppError('NOT_FOUND', `The renderer at ${host} does not know this address.`, {
      field: 'renderer.url',
      fix: 'Copy the address of its entries again, as a whole: it ends with a secret of its own.',
      retryable: false,
    })
  }
  if (status === 401 || status === 403) {
    return new AppError('CREDENTIALS_REFUSED', `The renderer at ${host} refuses to be asked from here (status ${status}).`, {
      field: 'renderer.url',
      fix: 'Let the renderer take requests from this machine, and enter the address that it names.',
      retryable: false,
    })
  }
  if (status === 429) {
    return new AppError('THROTTLED', `The renderer at ${host} asks to slow down: it was called too often.`, {
      fix: 'Wait a minute, then try again.',
      retryable: true,
    })
  }
  if (status >= 500) {
    return new AppError('UNREACHABLE', `The renderer at ${host} had a failure of its own (status ${status}).`, {
      fix: 'Try again in a moment.',
      retryable: true,
    })
  }
  return new AppError('PROVIDER_REFUSED', `The renderer at ${host} did not take the request (status ${status}).`, {
    fix: 'Check that the address is the one of its entries.',
    retryable: false,
  })
}
