import type { TriedPermission } from '#shared/add-site.ts'
import { AppError } from '#shared/errors.ts'
import { sha256 } from '#main/platform/file-bytes.ts'
import type { Bucket } from '../s3-deploy/bucket.ts'
import { isDenied } from './failure.ts'

/** What is tried of a bucket. */
export interface BucketTry {
  /** Below it lies everything that is used; with its last slash, or empty. */
  readonly below: string
  /** An object that may be there; where it is written to, the probe: it is put there and removed again. */
  readonly key: string
  readonly writes: boolean
}

const NOTHING = new Uint8Array()
const PROBE = { contentType: 'text/plain', cacheControl: 'no-store', cacheTag: null }

/**
 * Tries each action that is needed of a bucket by a call that harms nothing: what lies there is listed and read, and one
 * empty object is put and removed. Throws `AppError` when it is no permission that is lacking.
 *
 * Source: Amazon S3 API reference, GetObject: without s3:ListBucket a missing object is answered like one that may not be
 * read.
 */
export async function tryBucketAccess(bucket: Bucket, wish: BucketTry, signal?: AbortSignal): Promise<TriedPermission[]> {
  const { below, key, writes } = wish
  const objects = `arn:aws:s3:::${bucket.name}/${below}*`
  const list = await tried('s3:ListBucket', `arn:aws:s3:::${bucket.name}`, 'What lies there can be listed.', () =>
    bucket.folders(below, signal),
  )
  const put = writes
    ? await tried('s3:PutObject', objects, `An empty object was put at ${key}.`, () =>
        bucket.put({ key, sizeBytes: 0, sha256: sha256(NOTHING), headers: PROBE, open: async () => NOTHING }, false, signal),
      )
    : null
  const there = put?.state === 'allowed'
  const get = await tried('s3:GetObject', objects, 'Objects can be read.', () => bucket.readText(key, signal))
  // Removed also when nothing was put: S3 lets it be removed then too, when it may be.
  const removed = writes
    ? await tried('s3:DeleteObject', objects, 'It was removed again.', () => bucket.remove([key], signal))
    : null
  return [
    list,
    get.state === 'missing' && list.state === 'missing' && !there ? notTold(get) : get,
    ...(put ? [put] : []),
    ...(removed ? [removed.state === 'missing' && there ? leftBehind(removed, key) : removed] : []),
  ]
}

async function tried(action: string, resource: string, says: string, call: () => Promise<unknown>): Promise<TriedPermission> {
  try {
    await call()
    return { action, state: 'allowed', message: says, fix: null }
  } catch (error) {
    if (!(error instanceof AppError) || !isDenied(error)) throw error
    const message = `These AWS credentials may not do ${action} on ${resource}.`
    return { action, state: 'missing', message, fix: `Allow ${action} on ${resource} to this user or role.` }
  }
}

const notTold = (one: TriedPermission): TriedPermission => ({
  ...one,
  state: 'not-tried',
  message: 'Whether objects may be read cannot be told while they may not be listed.',
  fix: null,
})

const leftBehind = (one: TriedPermission, key: string): TriedPermission => ({
  ...one,
  message: `${one.message} The empty object ${key} of this test stays there; visitors never get it.`,
})
