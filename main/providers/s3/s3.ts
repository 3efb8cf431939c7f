import type { HeadObjectCommandOutput, S3Client } from '@aws-sdk/client-s3'
import type { ObjectStore, StoredObject } from '../object-store.ts'
import { connect, hostOf, type BucketOptions } from './client.ts'
import { s3Failure } from './failure.ts'
import { createBucket } from '../s3-deploy/bucket.ts'
import { objectKeys } from './object-keys.ts'
import { tryBucketAccess } from './try-access.ts'

export interface S3Options extends BucketOptions {
  /** Of the keys, in front of the page's path: the edge's origin path. Empty for none. */
  readonly prefix: string | (() => Promise<string>)
}

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
      const prefix = typeof options.prefix === 'string' ? options.prefix : await options.prefix()
      for (const key of objectKeys(prefix, path)) {
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
    async tryPermissions(signal) {
      const prefix = typeof options.prefix === 'string' ? options.prefix : await options.prefix()
      const base = prefix.replace(/^\/+|\/+$/g, '')
      const [key = ''] = objectKeys(prefix, '/')
      const tried = createBucket(options)
      return tryBucketAccess(tried, { below: base === '' ? '' : `${base}/`, key, writes: false }, signal).finally(tried.close)
    },
    close: () =>
      void client?.then(
        (made) => made.destroy(),
        () => undefined,
      ),
  }
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
