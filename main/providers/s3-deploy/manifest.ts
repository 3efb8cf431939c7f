import * as z from 'zod'
import { RedirectRule } from '#shared/builds.ts'
import { AppError } from '#shared/errors.ts'

const StoredFile = z.object({
  file: z.string(),
  path: z.string(),
  hash: z.string().regex(/^sha256-[0-9a-f]{64}$/),
  type: z.string(),
  sizeBytes: z.number(),
  tags: z.array(z.string()),
  /** Of its object: what is copied later is copied only if it is still this. */
  etag: z.string(),
})

/** An asset of an earlier release that old pages in browsers and at the edge still ask for. */
const KeptFile = z.object({ file: z.string(), hash: z.string(), sizeBytes: z.number(), etag: z.string(), sinceMs: z.number() })
export type KeptFile = z.infer<typeof KeptFile>

/** What a release consists of, as it is stored beside it. */
export const ManifestDocument = z.object({
  version: z.literal(1),
  id: z.string(),
  title: z.string(),
  startedAtMs: z.number(),
  files: z.array(StoredFile),
  keeps: z.array(KeptFile),
  /** Releases from before they were kept have none. */
  redirects: z.array(RedirectRule).default([]),
})
export type ManifestDocument = z.infer<typeof ManifestDocument>

/** Where visitors are held, as it lies in the bucket. */
export const PinDocument = z.object({
  version: z.literal(1),
  pin: z.object({ releaseId: z.string(), title: z.string(), sinceMs: z.number(), by: z.string() }).nullable(),
  changedAtMs: z.number(),
  why: z.string(),
})

/** Throws `PROVIDER_REFUSED`: a pin that cannot be read must not be taken for none. */
export function parsePinDocument(text: string, bucket: string): z.infer<typeof PinDocument> {
  try {
    return PinDocument.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError(
      'PROVIDER_REFUSED',
      `The pin in ${bucket} (releases/pin.json) cannot be read: another program, or a newer Frostline, has written it.`,
      { fix: 'Update Frostline, or take that object away.', retryable: false },
      error,
    )
  }
}

/** Throws `PROVIDER_REFUSED` for what no Frostline wrote. */
export function parseManifest(text: string, bucket: string): ManifestDocument {
  try {
    return ManifestDocument.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError(
      'PROVIDER_REFUSED',
      `A manifest in ${bucket} cannot be read: another program, or a newer Frostline, has written it.`,
      { fix: 'Update Frostline, or take that release away.', retryable: false },
      error,
    )
  }
}
