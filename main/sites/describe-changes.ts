import { counted, countOf } from '#shared/count-of.ts'
import type { EditedSite } from '#shared/site-settings.ts'
import { differences, type Fact, type Facts } from './facts.ts'

const NAMED = 3

/**
 * What differs between two settings of a site, as sentences such as "distribution E1 → E2". Never tells a secret: of one
 * that was typed it says that it was entered.
 */
export function describeChanges(before: EditedSite, after: EditedSite): string[] {
  return [
    ...differences(factsOf(before), factsOf(after)),
    ...zoneChanges(hostsOf(before), hostsOf(after)),
    ...enteredSecrets(after),
  ]
}

const hostsOf = ({ zones }: EditedSite) => zones.map(({ url }) => new URL(url).host)
const address = (url: string): Fact => ({ shown: new URL(url).host, whole: url })
const many = (items: readonly unknown[], word: string): Fact => ({
  shown: countOf(items.length, word),
  whole: items,
})

function zoneChanges(before: readonly string[], after: readonly string[]): string[] {
  const say = (hosts: readonly string[], done: string) => {
    if (hosts.length === 0) return []
    const more = hosts.length - NAMED
    const named = hosts.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${counted(more)} more` : '')
    return [`${countOf(hosts.length, 'zone')} ${done} (${named})`]
  }
  const [old, now] = [new Set(before), new Set(after)]
  return [
    ...say(
      [...now].filter((host) => !old.has(host)),
      'added',
    ),
    ...say(
      [...old].filter((host) => !now.has(host)),
      'removed',
    ),
  ]
}

function factsOf(site: EditedSite): Facts {
  const { edge, builder, renderer, objects } = site
  return {
    name: { shown: site.name },
    ...(site.originUrl ? { origin: address(site.originUrl) } : {}),
    ...edgeFacts(edge),
    ...(builder ? builderFacts(builder) : {}),
    ...(renderer ? { renderer: { shown: renderer.kind } } : {}),
    ...(objects ? objectsFacts(objects) : {}),
    'parts that change at every render': many(site.volatileSelectors, 'selector'),
    'looks for pages every': { shown: `${site.watchSeconds} s` },
    links: many(site.links, 'link'),
  }
}

function edgeFacts(edge: EditedSite['edge']): Facts {
  if (edge.kind === 'any-cache') return { edge: { shown: 'another cache' } }
  if (edge.kind === 'varnish')
    return {
      edge: { shown: 'Varnish' },
      'addresses of Varnish': {
        shown: edge.addresses.map((url) => new URL(url).host).join(', '),
        whole: edge.addresses,
      },
      purges: { shown: edge.soft ? 'soft' : 'hard' },
    }
  return {
    edge: { shown: 'CloudFront' },
    distribution: { shown: edge.distributionId },
    region: { shown: edge.region },
    credentials: credentialsFact(edge.credentials),
    ...(edge.endpoint ? { endpoint: address(edge.endpoint) } : {}),
  }
}

function credentialsFact(credentials: { readonly kind: string; readonly profile?: string }): Fact {
  if (credentials.kind === 'profile') return { shown: `profile ${credentials.profile ?? ''}` }
  return { shown: credentials.kind === 'keys' ? 'access keys' : 'as AWS tools do' }
}

function builderFacts(builder: NonNullable<EditedSite['builder']>): Facts {
  if (builder.kind === 'local') {
    const { folder, command, outputFolder, publish, keepReleases, timeoutMinutes, dropHtml } = builder
    return {
      builder: { shown: 'local project' },
      'project folder': { shown: folder },
      'build command': { shown: 'set', whole: command },
      'output folder': { shown: outputFolder },
      ...(publish ? { 'published to': { shown: publish.folder } } : {}),
      'releases kept': { shown: String(keepReleases) },
      'ended after': { shown: `${timeoutMinutes} min` },
      'pages without .html': { shown: dropHtml ? 'yes' : 'no' },
    }
  }
  if (builder.kind === 'netlify')
    return {
      builder: { shown: 'Netlify' },
      'Netlify site': { shown: builder.siteId },
      ...(builder.branch ? { branch: { shown: builder.branch } } : {}),
      ...(builder.baseUrl ? { 'address of Netlify’s API': address(builder.baseUrl) } : {}),
      'cleared cache': { shown: builder.clearCache === true ? 'yes' : 'no' },
    }
  return {
    builder: { shown: 'build hook' },
    ...(builder.listUrl ? { 'build list': address(builder.listUrl) } : {}),
    'method of the hook': { shown: builder.method ?? 'POST' },
    'headers of the hook': {
      shown: (builder.headers ?? []).map(({ name }) => name).join(', ') || 'none',
      whole: builder.headers ?? [],
    },
    'body of the hook': { shown: builder.body ? 'set' : 'the usual one', whole: builder.body ?? '' },
    ...(builder.secretHeader ? { 'secret header': { shown: builder.secretHeader.name } } : {}),
  }
}

function objectsFacts(objects: NonNullable<EditedSite['objects']>): Facts {
  return {
    bucket: { shown: objects.bucket },
    'prefix in the bucket': { shown: objects.prefix || 'none' },
    'region of the bucket': { shown: objects.region },
    'credentials of the bucket': credentialsFact(objects.credentials),
    'bucket in the path': { shown: objects.forcePathStyle ? 'yes' : 'no' },
    ...(objects.endpoint ? { 'endpoint of the bucket': address(objects.endpoint) } : {}),
    'published to the bucket': objects.publish
      ? { shown: `pages for ${objects.publish.htmlSeconds} s, ${countOf(objects.publish.keep, 'release')} kept` }
      : { shown: 'no' },
  }
}

function enteredSecrets({ edge, builder, renderer, objects }: EditedSite): string[] {
  const entered: string[] = []
  if (edge.kind === 'cloudfront' && edge.credentials.kind === 'keys' && hasKeys(edge.credentials))
    entered.push('access keys of the distribution entered')
  if (edge.kind === 'varnish' && edge.secret) entered.push('secret of Varnish entered')
  if (builder?.kind === 'netlify' && builder.token) entered.push('access token of Netlify entered')
  if (builder && builder.kind !== 'local' && builder.hookUrl) entered.push('address of the build hook entered')
  if (builder?.kind === 'hook' && builder.secretHeader?.value) entered.push('value of the secret header entered')
  if (builder?.kind === 'local' && builder.environment) entered.push('variables of the build entered')
  if (renderer?.url) entered.push('address of the renderer entered')
  if (objects?.credentials.kind === 'keys' && hasKeys(objects.credentials)) entered.push('access keys of the bucket entered')
  return entered
}

/** Half a pair counts too: it is refused where the settings are completed. */
const hasKeys = ({ accessKeyId, secretAccessKey }: { readonly accessKeyId?: string; readonly secretAccessKey?: string }) =>
  accessKeyId !== undefined || secretAccessKey !== undefined
