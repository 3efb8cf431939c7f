import * as z from 'zod'
import { ReadingState } from './hook-readings.ts'

export const SOURCE_KINDS = ['contentful', 'sanity', 'github', 'hmac', 'header'] as const
/** `hmac`: any sender that signs the body. `header`: one that can only send a fixed header, such as Strapi. */
export const SourceKind = z.enum(SOURCE_KINDS)
export type SourceKind = z.infer<typeof SourceKind>

const HeaderName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]{1,60}$/, 'A header name has letters, digits and hyphens, such as x-signature')

/** How a delivery proves where it comes from. Only `maxAgeSeconds` is read of vendors whose way is published. */
export const SourceSettings = z.object({
  /** Where the signature or the fixed value stands. */
  header: HeaderName.default('x-signature'),
  algorithm: z.enum(['sha256', 'sha1']).default('sha256'),
  encoding: z.enum(['hex', 'base64', 'base64url']).default('hex'),
  /** In front of the signature, such as `sha256=`. */
  prefix: z.string().trim().max(20).default(''),
  /** The header with Unix milliseconds or seconds that is signed with the body, as `<it>.<body>`; empty: none is. */
  timestampHeader: z.union([z.literal(''), HeaderName]).default(''),
  /** Older deliveries are refused; 0: none is for its age. */
  maxAgeSeconds: z.number().int().min(0).max(2_592_000).default(300),
})
export type SourceSettings = z.infer<typeof SourceSettings>

/** The oldest signed time that is taken, unless the owner says otherwise. Sanity's own deliveries may come late. */
export const MAX_AGE_SECONDS: Readonly<Record<SourceKind, number>> = {
  contentful: 30,
  sanity: 86_400,
  github: 0,
  hmac: 300,
  header: 0,
}

/** What a source of a kind begins with. A sender that signs its body signs a time as well, as docs/hooks/payload.md does. */
export function presetSettings(kind: SourceKind): SourceSettings {
  return SourceSettings.parse({
    maxAgeSeconds: MAX_AGE_SECONDS[kind],
    header: kind === 'header' ? 'authorization' : 'x-signature',
    timestampHeader: kind === 'hmac' ? 'x-timestamp' : '',
  })
}

/** The secret of a source: shown once after it was made here, never again. */
export const SourceSecret = z
  .string()
  .trim()
  .min(16, 'A secret has at least 16 characters')
  .max(512)
  .regex(/^[\x20-\x7e]+$/, 'A secret has visible ASCII characters only')

/** A secret as Contentful makes them; it takes no other. */
export const CONTENTFUL_SECRET = /^[0-9a-zA-Z+/=_-]{64}$/

export const HookSource = z.object({
  id: z.string(),
  kind: SourceKind,
  name: z.string(),
  enabled: z.boolean(),
  /** Its secret is not in the vault, so nothing of it can be verified. */
  secretMissing: z.boolean(),
  settings: SourceSettings,
  createdAtMs: z.number(),
  createdBy: z.string(),
  lastTakenAtMs: z.number().nullable(),
  lastRefusal: z.object({ atMs: z.number(), reason: z.string() }).nullable(),
  /** Of the last 24 hours. */
  taken: z.number().int(),
  refused: z.number().int(),
  /** How it is asked for what it could not deliver; null: it is not. */
  reading: ReadingState.nullable(),
})
export type HookSource = z.infer<typeof HookSource>

/** What is told once, when a source is made or its secrets are made anew. */
export const SourceReveal = z.object({ sourceId: z.string(), address: z.string(), secret: z.string() })
export type SourceReveal = z.infer<typeof SourceReveal>
