import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import type { EditedSite, SecretState, SiteSecret } from '#shared/site-settings.ts'
import { SiteInput } from '#shared/sites.ts'
import type { SiteSettings } from './store.ts'

export type EnteredCredentials = Extract<EditedSite['edge'], { kind: 'cloudfront' }>['credentials']
type EnteredBuilder = NonNullable<EditedSite['builder']>

/** What a vault is to keep under a name: a value, nothing, or what it has. */
export type SecretChange = string | null | undefined

const StoredKeys = z.object({ kind: z.literal('keys'), accessKeyId: z.string(), secretAccessKey: z.string() })
const StoredEnvironment = z.record(z.string(), z.string())

/** What settings as they were entered do to a secret. `before`: what is stored of the site. */
export function secretChange(secret: SiteSecret, entered: EditedSite, before: SiteSettings | null): SecretChange {
  const typed = typedSecret(secret, entered)
  return typed === undefined && !mayStay(secret, entered, before) ? null : typed
}

/** A value that was entered, null where there is no place for one, `undefined` where nothing was entered. */
export function typedSecret(secret: SiteSecret, { edge, builder, renderer, objects }: EditedSite): SecretChange {
  switch (secret) {
    case 'edge':
      return edge.kind === 'cloudfront' ? typedKeys(edge.credentials) : edge.kind === 'varnish' ? edge.secret : null
    case 'hook':
      return builder === undefined || builder.kind === 'local' ? null : builder.hookUrl
    case 'builder':
      if (builder?.kind === 'netlify') return builder.token
      return builder?.kind === 'hook' && builder.secretHeader ? builder.secretHeader.value : null
    case 'build':
      return builder?.kind === 'local' ? builder.environment && JSON.stringify(builder.environment) : null
    case 'renderer':
      return renderer ? renderer.url : null
    case 'objects':
      return objects ? typedKeys(objects.credentials) : null
  }
}

function typedKeys(credentials: EnteredCredentials): SecretChange {
  if (credentials.kind !== 'keys') return null
  return credentials.accessKeyId && credentials.secretAccessKey ? JSON.stringify(credentials) : undefined
}

/** A secret stays only with the part that it was entered for, and is sent to no address that it was not entered for. */
function mayStay(secret: SiteSecret, entered: EditedSite, before: SiteSettings | null): boolean {
  if (before === null) return false
  switch (secret) {
    case 'edge':
      if (entered.edge.kind === 'cloudfront') return before.edge.kind === 'cloudfront' && before.edge.credentials.kind === 'keys'
      return (
        entered.edge.kind === 'varnish' &&
        before.edge.kind === 'varnish' &&
        isWithin(entered.edge.addresses, before.edge.addresses)
      )
    case 'renderer':
      return before.renderer !== null
    case 'objects':
      return before.objects?.credentials.kind === 'keys'
    case 'builder':
      return entered.builder?.kind === before.builder?.kind && !goesElsewhere(entered.builder, before.builder)
    case 'hook':
    case 'build':
      return entered.builder?.kind === before.builder?.kind
  }
}

function goesElsewhere(entered: EnteredBuilder | undefined, before: SiteSettings['builder']): boolean {
  if (entered?.kind === 'netlify' && before?.kind === 'netlify') return (entered.baseUrl ?? null) !== before.baseUrl
  if (entered?.kind !== 'hook' || before?.kind !== 'hook') return false
  const hosts = [before.host, ...(before.listUrl === null ? [] : [new URL(before.listUrl).host])]
  return [entered.hookUrl, entered.listUrl].some((url) => url !== undefined && !hosts.includes(new URL(url).host))
}

const isWithin = (urls: readonly string[], known: readonly string[]): boolean => {
  const hosts = new Set(known.map((url) => new URL(url).host))
  return urls.every((url) => hosts.has(new URL(url).host))
}

/**
 * The site with every secret that it has: those that were typed, else those of the vault where they may stay. Throws
 * `BAD_INPUT` at the field of one that is lacking.
 */
export async function completed(
  entered: EditedSite,
  before: SiteSettings | null,
  stored: (secret: SiteSecret) => Promise<string | null>,
): Promise<SiteInput> {
  const value = async (secret: SiteSecret): Promise<string | null> => {
    const change = secretChange(secret, entered, before)
    return change === undefined ? stored(secret) : change
  }
  const { edge, builder, renderer, objects } = entered
  const candidate = {
    ...entered,
    edge:
      edge.kind === 'cloudfront'
        ? { ...edge, credentials: await withKeys(edge.credentials, () => value('edge')) }
        : edge.kind === 'varnish'
          ? { ...edge, secret: (await value('edge')) ?? '' }
          : edge,
    builder: builder && (await completedBuilder(builder, value)),
    renderer: renderer && { kind: renderer.kind, url: (await value('renderer')) ?? '' },
    objects: objects && { ...objects, credentials: await withKeys(objects.credentials, () => value('objects')) },
  }
  const read = SiteInput.safeParse(candidate)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw new AppError('BAD_INPUT', issue?.message ?? 'The settings are not valid.', {
    field: issue?.path.join('.') ?? '',
    fix: 'Enter it; what is stored is never shown again.',
  })
}

async function completedBuilder(builder: EnteredBuilder, value: (secret: SiteSecret) => Promise<string | null>) {
  if (builder.kind === 'local') {
    const environment = await value('build')
    return { ...builder, environment: environment === null ? {} : StoredEnvironment.parse(JSON.parse(environment)) }
  }
  const hookUrl = (await value('hook')) ?? undefined
  if (builder.kind === 'netlify') return { ...builder, hookUrl, token: (await value('builder')) ?? '' }
  const { host: _, secretHeader, ...rest } = builder
  const header = secretHeader && { name: secretHeader.name, value: (await value('builder')) ?? '' }
  return { ...rest, hookUrl: hookUrl ?? '', secretHeader: header }
}

/** Half a pair of keys that was typed is refused with the rest of it. */
async function withKeys(credentials: EnteredCredentials, stored: () => Promise<string | null>) {
  if (credentials.kind !== 'keys') return credentials
  const { accessKeyId = '', secretAccessKey = '' } = credentials
  const kept = accessKeyId === '' && secretAccessKey === '' ? await stored() : null
  return kept === null ? { kind: 'keys' as const, accessKeyId, secretAccessKey } : StoredKeys.parse(JSON.parse(kept))
}

/** The secrets that a site as it is stored has a place for. */
export function secretPlaces({ edge, builder, renderer, objects }: SiteSettings): Omit<SecretState, 'stored'>[] {
  const places: Omit<SecretState, 'stored'>[] = []
  const add = (secret: SiteSecret, field: string, what: string, needed = true) => places.push({ secret, field, what, needed })
  if (edge.kind === 'cloudfront' && edge.credentials.kind === 'keys')
    add('edge', 'edge.credentials.secretAccessKey', `the access keys of distribution ${edge.distributionId}`)
  if (edge.kind === 'varnish') add('edge', 'edge.secret', 'the secret of Varnish')
  if (builder?.kind === 'netlify') {
    add('builder', 'builder.token', 'the access token of Netlify')
    add('hook', 'builder.hookUrl', 'a build hook of Netlify', false)
  }
  if (builder?.kind === 'hook') {
    add('hook', 'builder.hookUrl', 'the address of the build hook')
    if (builder.secretHeader !== null) add('builder', 'builder.secretHeader', `the value of the header ${builder.secretHeader}`)
  }
  if (builder?.kind === 'local') add('build', 'builder.environment', 'the variables of the build', false)
  if (renderer !== null) add('renderer', 'renderer.url', 'the address of the renderer')
  if (objects?.credentials.kind === 'keys')
    add('objects', 'objects.credentials.secretAccessKey', `the access keys of the bucket ${objects.bucket}`)
  return places
}
