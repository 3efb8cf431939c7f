import type * as z from 'zod'
import { SiteInput } from '#shared/sites.ts'
import { EMPTY_PROJECT, localBuilderOf, PROJECT_FIELDS, type LocalProjectValues } from './local-project-values.ts'

/** The form as it is typed; nothing in it is lost while it is wrong. */
export interface SiteFormValues extends LocalProjectValues {
  readonly name: string
  readonly addresses: string
  readonly edgeKind: 'cloudfront' | 'varnish' | 'any-cache'
  readonly originUrl: string
  readonly varnishAddresses: string
  readonly varnishSecret: string
  readonly purgeStyle: 'hard' | 'soft'
  readonly distributionId: string
  readonly endpoint: string
  readonly credentials: 'default' | 'profile' | 'keys'
  readonly profile: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly builderKind: 'hook' | 'netlify' | 'local' | 'none'
  readonly hookUrl: string
  readonly hookMethod: 'POST' | 'PUT' | 'GET'
  readonly hookHeaders: string
  readonly hookSecret: string
  readonly hookBody: string
  readonly netlifySite: string
  readonly netlifyToken: string
  readonly netlifyBranch: string
  readonly netlifyBase: string
  readonly listUrl: string
  readonly rendererUrl: string
  readonly bucket: string
  readonly bucketPrefix: string
  readonly bucketRegion: string
  readonly bucketEndpoint: string
  readonly bucketUse: 'compare' | 'publish'
  readonly htmlHours: string
  readonly releasesKept: string
  readonly volatileSelectors: string
}

export const EMPTY_SITE: SiteFormValues = {
  name: '',
  addresses: '',
  edgeKind: 'cloudfront',
  originUrl: '',
  varnishAddresses: '',
  varnishSecret: '',
  purgeStyle: 'hard',
  distributionId: '',
  endpoint: '',
  credentials: 'default',
  profile: '',
  accessKeyId: '',
  secretAccessKey: '',
  builderKind: 'hook',
  hookUrl: '',
  hookMethod: 'POST',
  hookHeaders: '',
  hookSecret: '',
  hookBody: '',
  netlifySite: '',
  netlifyToken: '',
  netlifyBranch: '',
  netlifyBase: '',
  listUrl: '',
  ...EMPTY_PROJECT,
  rendererUrl: '',
  bucket: '',
  bucketPrefix: '',
  bucketRegion: '',
  bucketEndpoint: '',
  bucketUse: 'compare',
  htmlHours: '24',
  releasesKept: '10',
  volatileSelectors: '',
}

export type FieldErrors = Partial<Record<keyof SiteFormValues, string>>

export type ReadSite =
  | { readonly ok: true; readonly input: z.input<typeof SiteInput> }
  | { readonly ok: false; readonly errors: FieldErrors }

/** What was typed, in the shape of the core's input; whether it is right is not looked at yet. */
export function enteredOf(values: SiteFormValues) {
  const lines = linesOf(values.addresses)
  const volatileSelectors = linesOf(values.volatileSelectors)
  const rendererUrl = values.rendererUrl.trim()
  const originUrl = values.originUrl.trim()
  return {
    name: values.name,
    zones: lines.map((url) => ({ url })),
    ...(originUrl ? { originUrl } : {}),
    edge: edgeOf(values),
    ...builderOf(values),
    ...(rendererUrl ? { renderer: { kind: 'ssr-cache' as const, url: rendererUrl } } : {}),
    ...objectsOf(values),
    ...(volatileSelectors.length > 0 ? { volatileSelectors } : {}),
  }
}

/** The form as the core takes it, or what is wrong with each field. */
export function readSite(values: SiteFormValues): ReadSite {
  const input = enteredOf(values)
  const parsed = SiteInput.safeParse(input)
  return parsed.success ? { ok: true, input } : { ok: false, errors: errorsOf(parsed.error.issues) }
}

/** What is wrong, by the field of the form that it was typed in. */
export function errorsOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): FieldErrors {
  const errors: FieldErrors = {}
  for (const { path, message } of issues) {
    const field = formField(path.join('.'))
    if (field) errors[field] ??= lineOf(path) === null ? message : `Line ${lineOf(path)}: ${message}`
  }
  return errors
}

/** Optional fields that were left empty are left out. */
function filled<T extends Record<string, string>>(fields: T): Partial<T> {
  // Object.fromEntries forgets which names there can be; nothing but entries of `fields` is in it.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== '')) as Partial<T>
}

function builderOf(values: SiteFormValues) {
  const { hookUrl, listUrl, netlifySite, netlifyToken, netlifyBranch, netlifyBase } = values
  if (values.builderKind === 'none') return {}
  if (values.builderKind === 'local') return { builder: localBuilderOf(values) }
  if (values.builderKind === 'netlify') {
    const optional = filled({ hookUrl, branch: netlifyBranch, baseUrl: netlifyBase })
    return { builder: { kind: 'netlify' as const, siteId: netlifySite, token: netlifyToken, ...optional } }
  }
  return hookUrl.trim() === '' && listUrl.trim() === '' ? {} : { builder: hookOf(values) }
}

/** A build hook, also one whose address was not typed. */
export function hookOf({ hookUrl, listUrl, hookMethod, hookHeaders, hookSecret, hookBody }: SiteFormValues) {
  const headers = linesOf(hookHeaders).map(headerOf)
  return {
    kind: 'hook' as const,
    hookUrl,
    ...filled({ listUrl, body: hookBody }),
    ...(hookMethod === 'POST' ? {} : { method: hookMethod }),
    ...(headers.length > 0 ? { headers } : {}),
    ...(hookSecret.trim() === '' ? {} : { secretHeader: headerOf(hookSecret) }),
  }
}

/** `Name: value`. */
function headerOf(line: string): { name: string; value: string } {
  const colon = line.indexOf(':')
  return colon < 0 ? { name: line, value: '' } : { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }
}

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** The bucket that the edge fetches pages from, read with the same credentials as the edge. */
function objectsOf(values: SiteFormValues) {
  const bucket = values.bucket.trim()
  const prefix = values.bucketPrefix.trim()
  const region = values.bucketRegion.trim()
  if (bucket === '' && prefix === '' && region === '') return {}
  const publish =
    values.bucketUse === 'publish' && values.edgeKind === 'cloudfront'
      ? { publish: { htmlSeconds: wholeNumber(values.htmlHours) * 3600, keep: wholeNumber(values.releasesKept) } }
      : {}
  const endpoint = values.bucketEndpoint.trim()
  // Stores that are not AWS's have one name for all buckets.
  const elsewhere = endpoint ? { endpoint, forcePathStyle: true } : {}
  const place = { bucket, ...(prefix ? { prefix } : {}), ...(region ? { region } : {}), ...elsewhere, ...publish }
  return { objects: { kind: 's3' as const, ...place, credentials: credentialsOf(values) } }
}

/** What is no number is refused by the core's own rules. */
const wholeNumber = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN)

/** From 1, of the fields that have an address on each line. */
function lineOf(path: readonly PropertyKey[]): number | null {
  const at = path[0] === 'zones' || path[0] === 'volatileSelectors' ? path[1] : path[1] === 'addresses' ? path[2] : undefined
  return typeof at === 'number' ? at + 1 : null
}

function edgeOf(values: SiteFormValues) {
  if (values.edgeKind === 'any-cache') return { kind: 'any-cache' as const }
  if (values.edgeKind === 'varnish') {
    return {
      kind: 'varnish' as const,
      addresses: linesOf(values.varnishAddresses),
      secret: values.varnishSecret,
      soft: values.purgeStyle === 'soft',
    }
  }
  const endpoint = values.endpoint.trim()
  return {
    kind: 'cloudfront' as const,
    distributionId: values.distributionId,
    ...(endpoint ? { endpoint } : {}),
    credentials: credentialsOf(values),
  }
}

/** Where the credentials of AWS are, as the core takes it. */
export function credentialsOf(values: SiteFormValues) {
  if (values.credentials === 'profile') return { kind: 'profile' as const, profile: values.profile }
  if (values.credentials === 'keys')
    return { kind: 'keys' as const, accessKeyId: values.accessKeyId, secretAccessKey: values.secretAccessKey }
  return { kind: 'default' as const }
}

const FIELDS: readonly (readonly [start: string, field: keyof SiteFormValues])[] = [
  ['name', 'name'],
  ['zones', 'addresses'],
  ['originUrl', 'originUrl'],
  ['edge.kind', 'edgeKind'],
  ['edge.addresses', 'varnishAddresses'],
  ['edge.secret', 'varnishSecret'],
  ['edge.soft', 'purgeStyle'],
  ['edge.distributionId', 'distributionId'],
  ['edge.endpoint', 'endpoint'],
  ['edge.credentials.profile', 'profile'],
  ['edge.credentials.accessKeyId', 'accessKeyId'],
  ['edge.credentials.secretAccessKey', 'secretAccessKey'],
  ['edge.credentials', 'credentials'],
  ...PROJECT_FIELDS,
  ['builder.listUrl', 'listUrl'],
  ['builder.method', 'hookMethod'],
  ['builder.headers', 'hookHeaders'],
  ['builder.secretHeader', 'hookSecret'],
  ['builder.body', 'hookBody'],
  ['builder.siteId', 'netlifySite'],
  ['builder.token', 'netlifyToken'],
  ['builder.branch', 'netlifyBranch'],
  ['builder.baseUrl', 'netlifyBase'],
  ['builder', 'hookUrl'],
  ['renderer', 'rendererUrl'],
  ['objects.prefix', 'bucketPrefix'],
  ['objects.region', 'bucketRegion'],
  ['objects.endpoint', 'bucketEndpoint'],
  ['objects.publish.htmlSeconds', 'htmlHours'],
  ['objects.publish', 'releasesKept'],
  ['objects.credentials', 'credentials'],
  ['objects', 'bucket'],
  ['volatileSelectors', 'volatileSelectors'],
]

/** The field of the form that a field of the core's input, such as `zones.0.url`, was typed in. */
export function formField(path: string): keyof SiteFormValues | null {
  return FIELDS.find(([start]) => path === start || path.startsWith(`${start}.`))?.[1] ?? null
}
