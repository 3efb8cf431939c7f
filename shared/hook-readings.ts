import * as z from 'zod'
import type { SourceKind } from './hook-sources.ts'

/** Sources that can be asked what has changed, for when they could not deliver. */
export const READABLE_KINDS = ['contentful', 'sanity', 'github'] as const
export type ReadableKind = (typeof READABLE_KINDS)[number]
export const isReadable = (kind: SourceKind): kind is ReadableKind => READABLE_KINDS.some((one) => one === kind)

/** Ids become a part of an address. */
const idText = (what: string) =>
  z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, `${what} has letters, digits, dots, hyphens and underscores`)

const ApiUrl = z
  .url({ protocol: /^https?$/, error: 'Not a web address. It must begin with http:// or https://' })
  .transform((text) => text.replace(/\/+$/, ''))
  .nullable()
  .default(null)

export const SANITY_PROJECTION = '{_id, _type, "slug": slug.current}'

/** Where a source is asked. `apiUrl`: another region, a server of one's own; null: the vendor's usual address. */
export const Reading = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('contentful'),
    space: idText('A space id'),
    environment: idText('An environment').default('master'),
    apiUrl: ApiUrl,
  }),
  z.object({
    kind: z.literal('sanity'),
    project: idText('A project id'),
    dataset: idText('A dataset').default('production'),
    /** A condition in GROQ, the same as the webhook's; empty: every document. */
    filter: z.string().trim().max(1_000).default(''),
    /** In GROQ, the same as the webhook's, so that rules find the same fields. */
    projection: z
      .string()
      .trim()
      .max(2_000)
      .regex(/^\{[^]*\}$/, 'A projection begins with { and ends with }')
      .default(SANITY_PROJECTION),
    apiUrl: ApiUrl,
  }),
  z.object({
    kind: z.literal('github'),
    repository: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9-]{1,40}\/[A-Za-z0-9._-]{1,100}$/, 'A repository is written owner/name'),
    apiUrl: ApiUrl,
  }),
])
export type Reading = z.infer<typeof Reading>

export const ReadingToken = z
  .string()
  .trim()
  .min(1)
  .max(4_000)
  .regex(/^[\x21-\x7e]+$/, 'A token has visible ASCII characters only')

/** How asking a source goes. Its token is in the vault and never told. */
export const ReadingState = z.object({
  settings: Reading,
  hasToken: z.boolean(),
  /** When it last answered everything that it was asked; null: what is there is still being read for the first time. */
  askedAtMs: z.number().nullable(),
  /** Changes that asking has found so far. */
  found: z.number().int(),
  problem: z.object({ message: z.string(), fix: z.string(), againAtMs: z.number() }).nullable(),
})
export type ReadingState = z.infer<typeof ReadingState>
