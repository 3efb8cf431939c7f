import { AppError } from '#shared/errors.ts'

/** What is stored of an edge that was not asked, since the vault has nothing to ask it with. */
export const NO_ACCESS = 'NO_ACCESS'

/** @param what is lacking: "the access keys of distribution E2QWRUHAPOMQZL". */
export function noAccess(what: string): AppError {
  // Kept apart from a refusal by its cause.
  const cause = Object.assign(new Error('nothing in the vault'), { code: NO_ACCESS })
  return new AppError('CREDENTIALS_REFUSED', `No access yet: it needs ${what}.`, { retryable: false }, cause)
}

export function isNoAccess({ cause }: AppError): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === NO_ACCESS
}
