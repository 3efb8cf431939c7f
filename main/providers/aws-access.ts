import { AppError } from '#shared/errors.ts'
import type { CredentialsInput } from '#shared/sites.ts'
import type { Http } from '#main/platform/http.ts'

export interface AccessOptions {
  /** The address of the API, for the way to it. */
  readonly address: string
  readonly credentials: CredentialsInput
  readonly http: Pick<Http, 'clientAgents'>
  readonly connectTimeoutMs: number
  readonly requestTimeoutMs: number
  /** Whose keys are missing, for the sentence: "this site". */
  readonly whose: string
}

/**
 * How a client of AWS reaches its API and signs in. Signing in by a profile (SSO, roles) asks other addresses, which are
 * reached by the same connections.
 *
 * @throws AppError `CREDENTIALS_REFUSED` for keys that the vault has lost.
 */
export async function awsAccess({ address, credentials, http, connectTimeoutMs, requestTimeoutMs, whose }: AccessOptions) {
  const requestHandler = {
    ...(await http.clientAgents(address)),
    connectionTimeout: connectTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
  }
  return { requestHandler, credentials: await credentialsOf(credentials, requestHandler, whose) }
}

async function credentialsOf(credentials: CredentialsInput, requestHandler: object, whose: string) {
  if (credentials.kind === 'keys') {
    const { accessKeyId, secretAccessKey } = credentials
    if (accessKeyId !== '' && secretAccessKey !== '') return { accessKeyId, secretAccessKey }
    throw new AppError('CREDENTIALS_REFUSED', `The access keys of ${whose} are missing.`, {
      fix: 'Enter the access key id and the secret again.',
      retryable: false,
    })
  }
  const { fromIni, fromNodeProviderChain } = await import('@aws-sdk/credential-providers')
  const clientConfig = { requestHandler }
  return credentials.kind === 'profile'
    ? fromIni({ profile: credentials.profile, clientConfig })
    : fromNodeProviderChain({ clientConfig })
}
