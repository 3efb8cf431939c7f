import type { HeadObjectCommandOutput, S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { AppError } from '#shared/errors.ts'
import type { CredentialsInput } from '#shared/sites.ts'
import type { Http } from '#main/platform/http.ts'
import type { ObjectStore, StoredObject } from '../object-store.ts'
import { s3Failure } from './failure.ts'
import { objectKeys } from './object-keys.ts'

export interface S3Options {
  readonly bucket: string
  /** Of the keys, in front of the page's path: the edge's origin path. Empty for none. */
  readonly prefix: string
  readonly region: string
  /** Another address that speaks S3's API; AWS's own one when missing. */
  readonly endpoint: string | undefined
  /** The bucket's name in the path rather than in the host: most stores that are not AWS's want it. */
  readonly forcePathStyle: boolean
  readonly credentials: CredentialsInput
  readonly http: Pick<Http, 'clientAgents'>
}

const CONNECT_TIMEOUT_MS = 3_000
const REQUEST_TIMEOUT_MS = 5_000
const MAX_ATTEMPTS = 2

/** The objects of one bucket, by HeadObject alone: it costs no body, and needs `s3:GetObject` and `s3:ListBucket`. */
export function createS3Store(options: S3Options): ObjectStore {
  // Made at its first use: loading the SDK would cost a tenth of a second at start.
  let client: Promise<S3Client> | undefined
  const { bucket } = options
  return {
    name: bucket,
    async head(path, signal) {
      client ??= connect(options)
      const sdk = await import('@aws-sdk/client-s3')
      for (const key of objectKeys(options.prefix, path)) {
        try {
          const command = new sdk.HeadObjectCommand({ Bucket: bucket, Key: key })
          return toObject(await (await client).send(command, signal ? { abortSignal: signal } : {}))
        } catch (error) {
          const failure = s3Failure(error, { bucket, host: hostOf(options), signal })
          if (failure !== 'missing') throw failure
        }
      }
      return null
    },
    close: () =>
      void client?.then(
        (made) => made.destroy(),
        () => undefined,
      ),
  }
}

async function connect({ endpoint, region, forcePathStyle, credentials, http }: S3Options): Promise<S3Client> {
  const [sdk, provider] = await Promise.all([import('@aws-sdk/client-s3'), credentialsOf(credentials)])
  return new sdk.S3Client({
    region,
    forcePathStyle,
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      ...http.clientAgents(),
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(provider === undefined ? {} : { credentials: provider }),
  })
}

async function credentialsOf(credentials: CredentialsInput): Promise<S3ClientConfig['credentials']> {
  if (credentials.kind === 'default') return undefined
  if (credentials.kind === 'profile') {
    const { fromIni } = await import('@aws-sdk/credential-providers')
    return fromIni({ profile: credentials.profile })
  }
  const { accessKeyId, secretAccessKey } = credentials
  if (accessKeyId !== '' && secretAccessKey !== '') return { accessKeyId, secretAccessKey }
  throw new AppError('CREDENTIALS_REFUSED', 'The access keys of the bucket are missing.', {
    fix: 'Enter the access key id and the secret again.',
    retryable: false,
  })
}

function hostOf({ endpoint, bucket, region }: S3Options): string {
  return endpoint === undefined ? `${bucket}.s3.${region}.amazonaws.com` : new URL(endpoint).host
}

function toObject(answer: HeadObjectCommandOutput): StoredObject {
  const etag = answer.ETag ?? null
  const bare = etag?.replace(/^W\//, '').replaceAll('"', '') ?? ''
  // Source: Amazon S3 API reference, "Object": the ETag is an MD5 unless the object came in parts or has a key of KMS or
  // of its sender. Packed objects are unpacked on their way, so their MD5 is of other bytes.
  const encrypted = answer.ServerSideEncryption?.startsWith('aws:kms') === true || answer.SSECustomerAlgorithm !== undefined
  const packed = answer.ContentEncoding !== undefined && !/^(identity|aws-chunked)?$/i.test(answer.ContentEncoding)
  return {
    etag,
    md5: /^[0-9a-f]{32}$/.test(bare) && !encrypted && !packed ? bare : null,
    lastModifiedMs: answer.LastModified?.getTime() ?? null,
    sizeBytes: answer.ContentLength ?? null,
    tags: (answer.Metadata?.['cache-tag'] ?? '').split(/[,\s]+/).filter((tag) => tag !== ''),
  }
}
