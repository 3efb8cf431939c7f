import type { _Object, S3Client } from '@aws-sdk/client-s3'
import { AppError } from '#shared/errors.ts'
import { delay } from '#main/platform/clock.ts'
import { connect, hostOf, type BucketOptions } from '../s3/client.ts'
import { s3Failure } from '../s3/failure.ts'
import type { ObjectHeaders } from './headers.ts'

export interface Listed {
  readonly key: string
  readonly etag: string
  readonly sizeBytes: number
  readonly modifiedMs: number
}

type Sdk = typeof import('@aws-sdk/client-s3')
type PutBody = NonNullable<import('@aws-sdk/client-s3').PutObjectCommandInput['Body']>

/** An object's bytes on their way up. `open` is called for each attempt. */
export interface Outgoing {
  readonly key: string
  readonly sizeBytes: number
  /** Lower-case hex: the store takes no other bytes. */
  readonly sha256: string
  readonly headers: ObjectHeaders
  readonly metadata?: Readonly<Record<string, string>>
  open(): Promise<PutBody>
}

/** The calls that releases need of one bucket. All throw `AppError`; what may pass is tried again. */
export interface Bucket {
  readonly name: string
  /** Everything below a prefix. */
  list(prefix: string, signal?: AbortSignal): Promise<Listed[]>
  /** The names of the folders below a prefix. */
  folders(prefix: string, signal?: AbortSignal): Promise<string[]>
  /** The new object's ETag; null when `onlyNew` and there is one already. */
  put(outgoing: Outgoing, onlyNew: boolean, signal?: AbortSignal): Promise<string | null>
  /** The new object's ETag; null when the source is not there, or not this one any more. */
  copy(from: string, etag: string, to: string, headers: ObjectHeaders, signal?: AbortSignal): Promise<string | null>
  readText(key: string, signal?: AbortSignal): Promise<string | null>
  head(
    key: string,
    signal?: AbortSignal,
  ): Promise<{ readonly modifiedMs: number; readonly metadata: Readonly<Record<string, string>> } | null>
  remove(keys: readonly string[], signal?: AbortSignal): Promise<void>
  close(): void
}

/** Bodies may be large, and lines slow. */
const REQUEST_TIMEOUT_MS = 120_000
const ATTEMPTS = 4
const FIRST_WAIT_MS = 500
/** Source: API reference, DeleteObjects. */
const REMOVED_PER_CALL = 1_000

export function createBucket(options: BucketOptions): Bucket {
  let opened: Promise<S3Client> | undefined
  const { bucket } = options

  async function ask<T>(
    signal: AbortSignal | undefined,
    call: (client: S3Client, sdk: Sdk, more: { abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T | 'missing' | 'not so'> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        opened ??= connect(options, REQUEST_TIMEOUT_MS)
        const [client, sdk] = await Promise.all([opened, import('@aws-sdk/client-s3')])
        return await call(client, sdk, signal ? { abortSignal: signal } : {})
      } catch (error) {
        if (isRefused(error, ['PreconditionFailed', 'ConditionalRequestConflict'])) return 'not so'
        if (isRefused(error, ['BadDigest', 'XAmzContentChecksumMismatch', 'InvalidDigest'])) throw changedOnTheWay(error)
        const failure = s3Failure(error, { bucket, host: hostOf(options), signal })
        if (failure === 'missing') return failure
        if (attempt === ATTEMPTS || !(failure instanceof AppError) || failure.details.retryable !== true) throw failure
        await delay(FIRST_WAIT_MS * 2 ** (attempt - 1), signal ?? new AbortController().signal)
      }
    }
  }

  /** For calls to which a missing object is no answer. */
  async function need<T>(...args: Parameters<typeof ask<T>>): Promise<T> {
    const answer = await ask(...args)
    if (answer !== 'missing' && answer !== 'not so') return answer
    throw new AppError('NOT_FOUND', `There is no bucket ${bucket}.`, { fix: 'Check its name and its region.', retryable: false })
  }

  async function pages<T>(prefix: string, delimiter: string | undefined, signal: AbortSignal | undefined, read: ReadPage<T>) {
    const found: T[] = []
    for (let token: string | undefined; ;) {
      const page = await need(signal, (client, sdk, more) => {
        const where = { Bucket: bucket, Prefix: prefix, Delimiter: delimiter, ContinuationToken: token }
        return client.send(new sdk.ListObjectsV2Command(where), more)
      })
      found.push(
        ...read(
          page.Contents ?? [],
          (page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []),
        ),
      )
      if (page.IsTruncated !== true || page.NextContinuationToken === undefined || page.NextContinuationToken === token)
        return found
      token = page.NextContinuationToken
    }
  }

  return {
    name: bucket,
    list: (prefix, signal) => pages(prefix, undefined, signal, (objects) => objects.flatMap(toListed)),
    folders: (prefix, signal) =>
      pages(prefix, '/', signal, (_objects, folders) => folders.map((folder) => folder.slice(prefix.length, -1))),

    async put({ key, sizeBytes, sha256, headers, metadata = {}, open }, onlyNew, signal) {
      const answer = await ask(signal, async (client, sdk, more) => {
        const command = new sdk.PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: await open(),
          ContentLength: sizeBytes,
          ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
          ...headerFields(headers, metadata),
          ...(onlyNew ? { IfNoneMatch: '*' } : {}),
        })
        return client.send(command, more)
      })
      if (answer === 'not so') return null
      if (answer === 'missing') throw new AppError('NOT_FOUND', `There is no bucket ${bucket}.`, { retryable: false })
      return answer.ETag ?? ''
    },

    async copy(from, etag, to, headers, signal) {
      const answer = await ask(signal, (client, sdk, more) => {
        const command = new sdk.CopyObjectCommand({
          Bucket: bucket,
          Key: to,
          CopySource: `${bucket}/${from.split('/').map(encodeURIComponent).join('/')}`,
          CopySourceIfMatch: etag,
          MetadataDirective: 'REPLACE',
          ...headerFields(headers, {}),
        })
        return client.send(command, more)
      })
      return answer === 'missing' || answer === 'not so' ? null : (answer.CopyObjectResult?.ETag ?? '')
    },

    async readText(key, signal) {
      const answer = await ask(signal, async (client, sdk, more) => {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key }), more)
        return (await Body?.transformToString()) ?? ''
      })
      return answer === 'missing' || answer === 'not so' ? null : answer
    },

    async head(key, signal) {
      const answer = await ask(signal, (client, sdk, more) =>
        client.send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: key }), more),
      )
      if (answer === 'missing' || answer === 'not so') return null
      return { modifiedMs: answer.LastModified?.getTime() ?? 0, metadata: answer.Metadata ?? {} }
    },

    async remove(keys, signal) {
      for (let from = 0; from < keys.length; from += REMOVED_PER_CALL) {
        const Objects = keys.slice(from, from + REMOVED_PER_CALL).map((Key) => ({ Key }))
        const { Errors = [] } = await need(signal, (client, sdk, more) =>
          client.send(new sdk.DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }), more),
        )
        const [first] = Errors
        if (first) throw notRemoved(bucket, first.Code ?? 'no reason given')
      }
    },

    close: () =>
      void opened?.then(
        (client) => client.destroy(),
        () => undefined,
      ),
  }
}

type ReadPage<T> = (objects: readonly _Object[], folders: readonly string[]) => readonly T[]

function toListed({ Key, ETag, Size, LastModified }: _Object): Listed[] {
  if (Key === undefined) return []
  return [{ key: Key, etag: ETag ?? '', sizeBytes: Size ?? 0, modifiedMs: LastModified?.getTime() ?? 0 }]
}

function headerFields(headers: ObjectHeaders, metadata: Readonly<Record<string, string>>) {
  return {
    ContentType: headers.contentType,
    CacheControl: headers.cacheControl,
    Metadata: { ...metadata, ...(headers.cacheTag === null ? {} : { 'cache-tag': headers.cacheTag }) },
  }
}

const isRefused = (error: unknown, names: readonly string[]) => error instanceof Error && names.includes(error.name)

function changedOnTheWay(cause: unknown): AppError {
  return new AppError(
    'CONFLICT',
    'A file has other bytes than when the build had ended, so the store did not take it.',
    { fix: 'Build again, and leave the folder alone until it is published.', retryable: false },
    cause instanceof Error ? new Error(cause.name) : undefined,
  )
}

function notRemoved(bucket: string, code: string): AppError {
  const fix = `Allow s3:DeleteObject on ${bucket} to this user or role.`
  const cause = new Error(`${code}: of an object`)
  return new AppError(
    'CREDENTIALS_REFUSED',
    `Objects in ${bucket} could not be removed (${code}).`,
    { fix, retryable: false },
    cause,
  )
}
