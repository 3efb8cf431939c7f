import * as z from 'zod'
import { LocalBuilderInput } from '#shared/local-project.ts'
import type { EditedSite } from '#shared/site-settings.ts'
import type { BuilderInput } from '#shared/sites.ts'
import type { Secrets } from '#main/platform/secrets.ts'

const Header = z.object({ name: z.string(), value: z.string() })

/** A builder as it is stored: what was entered, less the secrets. */
export const StoredBuilder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hook'),
    host: z.string(),
    listUrl: z.string().nullable(),
    method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
    headers: z.array(Header).default([]),
    body: z.string().default(''),
    secretHeader: z.string().nullable().default(null),
  }),
  z.object({
    kind: z.literal('netlify'),
    host: z.string(),
    siteId: z.string(),
    branch: z.string().nullable(),
    clearCache: z.boolean(),
    baseUrl: z.string().nullable(),
  }),
  LocalBuilderInput.omit({ environment: true }),
])
export type StoredBuilder = z.infer<typeof StoredBuilder>

/** A project of this machine, for one site. */
export interface LocalSettings extends LocalBuilderInput {
  readonly siteId: string
  readonly hosts: readonly string[]
  /** Its releases are brought to the site's bucket. */
  readonly toBucket: boolean
  /** Releases that may not be let go of. */
  keep(): readonly string[]
}

/** What a builder is opened with. */
export type BuilderSettings =
  | LocalSettings
  | {
      readonly kind: 'hook'
      readonly hookUrl: string
      readonly listUrl: string | undefined
      readonly call?: {
        readonly method: 'POST' | 'PUT' | 'GET'
        readonly headers: readonly z.infer<typeof Header>[]
        readonly body: string
        readonly secretHeader: z.infer<typeof Header> | null
      }
    }
  | {
      readonly kind: 'netlify'
      readonly siteId: string
      readonly token: string
      readonly hookUrl: string | undefined
      readonly branch: string | undefined
      readonly clearCache: boolean
      readonly baseUrl: string | undefined
    }

/** The names in the vault: `hook` is an address that starts builds, `builder` a token or the value of a secret header. */
interface SecretNames {
  readonly hook: string
  /** Variables that a local build is run with. */
  readonly build: string
  readonly builder: string
}

/** Of a hook whose address is in the vault alone, or is still to be entered. */
export const NO_HOST = 'not entered yet'

/** `before`: what is stored of it; of a hook whose address stays, it knows the host. */
export function builderWithoutSecrets(
  builder: NonNullable<EditedSite['builder']>,
  before: StoredBuilder | null = null,
): StoredBuilder {
  if (builder.kind === 'local') {
    const { environment: _, ...stored } = builder
    return stored
  }
  if (builder.kind === 'netlify') {
    const { kind, siteId, branch, clearCache, baseUrl } = builder
    const host = baseUrl === undefined ? 'Netlify' : `Netlify at ${new URL(baseUrl).host}`
    return { kind, host, siteId, branch: branch ?? null, clearCache: clearCache ?? false, baseUrl: baseUrl ?? null }
  }
  const { kind, hookUrl, listUrl, method, headers, body, secretHeader } = builder
  const known = before?.kind === 'hook' ? before.host : (builder.host ?? NO_HOST)
  return {
    kind,
    host: hookUrl === undefined ? known : new URL(hookUrl).host,
    listUrl: listUrl ?? null,
    method: method ?? 'POST',
    headers: headers ?? [],
    body: body ?? '',
    secretHeader: secretHeader?.name ?? null,
  }
}

/** With the secrets from the vault; null when it has lost the address of the hook. */
export async function storedBuilderSettings(
  secrets: Secrets,
  names: SecretNames,
  stored: Exclude<StoredBuilder, { kind: 'local' }>,
): Promise<BuilderSettings | null> {
  const hookUrl = (await secrets.get(names.hook)) ?? undefined
  const secret = (await secrets.get(names.builder)) ?? ''
  if (stored.kind === 'netlify') {
    const { kind, siteId, branch, clearCache, baseUrl } = stored
    return { kind, siteId, clearCache, token: secret, hookUrl, branch: branch ?? undefined, baseUrl: baseUrl ?? undefined }
  }
  if (hookUrl === undefined) return null
  const { kind, listUrl, method, headers, body, secretHeader } = stored
  const header = secretHeader === null ? null : { name: secretHeader, value: secret }
  return { kind, hookUrl, listUrl: listUrl ?? undefined, call: { method, headers, body, secretHeader: header } }
}

/** Of input that is not stored yet. */
export function enteredBuilderSettings(builder: Exclude<BuilderInput, { kind: 'local' }>): BuilderSettings {
  if (builder.kind === 'netlify') {
    const { kind, siteId, token, hookUrl, branch, clearCache, baseUrl } = builder
    return { kind, siteId, token, hookUrl, branch, baseUrl, clearCache: clearCache ?? false }
  }
  const { kind, hookUrl, listUrl, method, headers, body, secretHeader } = builder
  const call = { method: method ?? 'POST', headers: headers ?? [], body: body ?? '', secretHeader: secretHeader ?? null }
  return { kind, hookUrl, listUrl, call }
}
