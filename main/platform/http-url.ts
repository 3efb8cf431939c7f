import { AppError } from '#shared/errors.ts'

/**
 * Parses a web address.
 *
 * @throws AppError `BAD_INPUT` when it is not http(s), or carries a user name or password. The text is not repeated: it
 *   may be a secret.
 */
export function parseHttpUrl(address: string | URL): URL {
  const url = typeof address === 'string' ? URL.parse(address) : address
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError('BAD_INPUT', 'This is not a web address.', { fix: 'Write it with http:// or https:// in front.' })
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('BAD_INPUT', `The address of ${url.host} carries a user name or a password, which is not sent.`, {
      fix: 'Leave out what stands before the @.',
    })
  }
  return url
}
