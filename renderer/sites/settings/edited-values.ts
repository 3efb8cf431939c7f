import { EditedSite } from '#shared/site-settings.ts'
import { localValues } from '../local-project-values.ts'
import { EMPTY_SITE, enteredOf, errorsOf, hookOf, linesOf, type FieldErrors, type SiteFormValues } from '../site-form-values.ts'

/** What is typed about a site that was added before. Secrets begin empty: what is stored is never shown. */
export interface EditValues extends SiteFormValues {
  readonly rendererUse: 'kept' | 'none'
  readonly watchSeconds: string
  /** `Label https://…`, one a line. */
  readonly links: string
}

export function editValues(site: EditedSite): EditValues {
  const { edge, builder, renderer, objects } = site
  return {
    ...EMPTY_SITE,
    name: site.name,
    addresses: site.zones.map(({ url }) => url).join('\n'),
    originUrl: site.originUrl ?? '',
    ...edgeValues(edge),
    ...builderValues(builder),
    rendererUse: renderer ? 'kept' : 'none',
    ...(objects
      ? {
          bucket: objects.bucket,
          bucketPrefix: objects.prefix,
          bucketRegion: objects.region,
          bucketEndpoint: objects.endpoint ?? '',
          ...(objects.publish
            ? {
                bucketUse: 'publish' as const,
                htmlHours: String(objects.publish.htmlSeconds / 3600),
                releasesKept: String(objects.publish.keep),
              }
            : {}),
        }
      : {}),
    volatileSelectors: site.volatileSelectors.join('\n'),
    watchSeconds: String(site.watchSeconds),
    links: site.links.map(({ label, url }) => `${label} ${url}`).join('\n'),
  }
}

function edgeValues(edge: EditedSite['edge']): Partial<SiteFormValues> {
  if (edge.kind === 'any-cache') return { edgeKind: edge.kind }
  if (edge.kind === 'varnish')
    return { edgeKind: edge.kind, varnishAddresses: edge.addresses.join('\n'), purgeStyle: edge.soft ? 'soft' : 'hard' }
  const { kind, distributionId, endpoint, credentials } = edge
  const profile = credentials.kind === 'profile' ? credentials.profile : ''
  return { edgeKind: kind, distributionId, endpoint: endpoint ?? '', credentials: credentials.kind, profile }
}

function builderValues(builder: EditedSite['builder']): Partial<SiteFormValues> {
  if (builder === undefined) return { builderKind: 'none' }
  if (builder.kind === 'local') return { builderKind: builder.kind, ...localValues(builder) }
  if (builder.kind === 'netlify')
    return {
      builderKind: builder.kind,
      netlifySite: builder.siteId,
      netlifyBranch: builder.branch ?? '',
      netlifyBase: builder.baseUrl ?? '',
    }
  return {
    builderKind: builder.kind,
    listUrl: builder.listUrl ?? '',
    hookMethod: builder.method ?? 'POST',
    hookHeaders: (builder.headers ?? []).map(({ name, value }) => `${name}: ${value}`).join('\n'),
    hookSecret: builder.secretHeader ? `${builder.secretHeader.name}: ` : '',
    hookBody: builder.body ?? '',
  }
}

export type ReadEdited =
  | { readonly ok: true; readonly settings: EditedSite }
  | { readonly ok: false; readonly errors: EditErrors }
export type EditErrors = FieldErrors & Partial<Record<'watchSeconds' | 'links' | 'rendererUse', string>>

/** The form as the core takes it. `before`: what the form does not show stays as it is there. */
export function readEdited(values: EditValues, before: EditedSite): ReadEdited {
  const { edge, builder, renderer: _, objects, ...rest } = enteredOf(values)
  const typedRenderer = values.rendererUrl.trim()
  const oldEdge = before.edge.kind === 'cloudfront' ? before.edge : null
  const candidate = {
    ...rest,
    edge: edge.kind === 'cloudfront' && oldEdge ? { ...withoutEmpty(edge), region: oldEdge.region } : withoutEmpty(edge),
    ...(values.builderKind === 'none' ? {} : builderOf(values, builder, before.builder)),
    ...(values.rendererUse === 'none' && typedRenderer === ''
      ? {}
      : { renderer: { ...before.renderer, kind: 'ssr-cache', ...(typedRenderer === '' ? {} : { url: typedRenderer }) } }),
    ...(objects ? { objects: objectsOf(values, withoutEmpty(objects), before) } : {}),
    watchSeconds: Number(values.watchSeconds),
    firstCheckPages: before.firstCheckPages,
    links: linesOf(values.links).map((line) => ({
      label: line.replace(/\s*\S+$/, '') || line,
      url: /\S+$/.exec(line)?.[0] ?? '',
    })),
  }
  const parsed = EditedSite.safeParse(candidate)
  if (parsed.success) return { ok: true, settings: parsed.data }
  const errors: EditErrors = errorsOf(parsed.error.issues)
  for (const { path, message } of parsed.error.issues) {
    const [part] = path
    if (part === 'watchSeconds') errors.watchSeconds ??= 'Enter whole seconds, from 5 to 86,400'
    if (part === 'links') errors.links ??= `Line ${Number(path[1]) + 1}: ${message}`
  }
  return { ok: false, errors }
}

type Entered = ReturnType<typeof enteredOf>

function builderOf(values: EditValues, entered: Entered['builder'], before: EditedSite['builder']) {
  if (values.builderKind === 'hook') {
    // A hook of which nothing was typed is still there when its address is stored.
    if (entered === undefined && before?.kind !== 'hook') return {}
    const known = before?.kind === 'hook' ? { host: before.host, method: values.hookMethod, headers: [], body: '' } : {}
    return { builder: { ...known, ...withoutEmpty(hookOf(values)) } }
  }
  if (entered === undefined) return {}
  const kept = before?.kind === 'netlify' && entered.kind === 'netlify' ? { clearCache: before.clearCache } : {}
  const environment = entered.kind === 'local' && values.buildEnvironment.trim() === '' ? { environment: undefined } : {}
  return { builder: { ...kept, ...withoutEmpty(entered), ...environment } }
}

function objectsOf(values: EditValues, entered: object, before: EditedSite): object {
  const old = before.objects
  if (!old) return entered
  const start = editValues(before)
  const same = (['credentials', 'profile', 'accessKeyId', 'secretAccessKey', 'edgeKind'] as const).every(
    (field) => values[field] === start[field],
  )
  const place = values.bucketEndpoint.trim() === (old.endpoint ?? '') ? { forcePathStyle: old.forcePathStyle } : {}
  return { ...entered, ...place, ...(same ? { credentials: old.credentials } : {}) }
}

/** A secret that was not typed is left out, at any depth: it stays as it is. */
function withoutEmpty<T extends object>(part: T): T {
  // The names are those of `part`, less empty ones, all of which the schema has as optional.
  return Object.fromEntries(
    Object.entries(part)
      .filter(([name, value]) => !(SECRET_FIELDS.has(name) && value === ''))
      .map(([name, value]) => [name, isPlain(value) ? withoutEmpty(value) : value]),
  ) as T
}

const SECRET_FIELDS = new Set(['accessKeyId', 'secretAccessKey', 'secret', 'token', 'hookUrl', 'value'])
const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)
