import { countOf } from '#shared/count-of.ts'
import { AppError } from '#shared/errors.ts'
import type { TriedPermission } from '#shared/add-site.ts'
import type { Finding, SiteInput } from '#shared/sites.ts'
import { inParallel } from '#main/platform/in-parallel.ts'
import { connectionsFor, type Vendors } from './connections.ts'
import { atPlace, isOfZone, sampledPlaces, summedUp, ZONES_AT_A_TIME } from './zone-sample.ts'

/** Reaches an address once; throws `AppError` with a sentence when it cannot. Returns the status. */
export type Reach = (url: string) => Promise<number>

/** Tries a site that is to be added: of many zones a sample, summed up. */
export async function testSite(input: SiteInput, vendors: Vendors, reach: Reach): Promise<Finding[]> {
  const places = sampledPlaces(input.zones.length)
  const zones = places.flatMap((at) => input.zones[at] ?? [])
  const findings = await testConnection({ ...input, zones }, vendors, reach)
  return summedUp(
    findings.map((finding) => (isOfZone(finding) ? atPlace(finding, places) : finding)),
    input.zones.length,
  )
}

/** Tries every part of a site's input against the real thing, all parts at once. One outcome a part; none hides another. */
export async function testConnection(input: SiteInput, vendors: Vendors, reach: Reach): Promise<Finding[]> {
  const { edge, builder, renderer, objects, releases } = connectionsFor(input, vendors)
  const answers = async (url: string) => {
    const release = vendors.allow(url)
    const status = await reach(new URL('/', url).href).finally(release)
    return status >= 500 ? `It answers, with status ${status}.` : `It answers (status ${status}).`
  }
  const zones = askZones(input.zones, answers)
  const { originUrl } = input
  const origin = originUrl ? [outcome(`Origin ${new URL(originUrl).host}`, 'originUrl', () => answers(originUrl))] : []
  const distribution = outcome(...partOf(input.edge), async () => {
    const read = await edge.describe()
    if (!read.capabilities.purgesPaths) return ['It is only looked at: nothing is sent to it.', ...read.gaps].join(' ')
    const tags = read.capabilities.purgesTags ? `Tags are stored from ${read.capabilities.tagHeader}.` : 'It stores no tags.'
    return [`Read. ${tags}`, ...read.gaps].join(' ')
  })
  const local = input.builder?.kind === 'local' ? input.builder : null
  const builds = local
    ? [outcome('Project', 'builder.folder', () => vendors.checkLocal(local))]
    : builder && (input.builder?.kind === 'netlify' || (input.builder?.kind === 'hook' && input.builder.listUrl !== undefined))
      ? [
          outcome(...(input.builder.kind === 'netlify' ? NETLIFY : HOOK), async () => {
            const list = await builder.list(1)
            return list?.liveReleaseId ? `Its list answers; ${list.liveReleaseId} is live.` : 'Its list answers.'
          }),
        ]
      : []
  const rendered = renderer
    ? [
        outcome('Renderer', 'renderer.url', async () => {
          const { entries } = await renderer.list(null, 1)
          return entries.length === 0 ? 'It answers; it has no entries yet.' : 'It answers; its entries can be read.'
        }),
      ]
    : []
  const stored = objects
    ? [
        permitted(`Bucket ${objects.name}`, 'objects.bucket', objects.tryPermissions(), async () =>
          (await objects.head('/')) === null
            ? 'It answers; it has no object for the first page, so check the prefix.'
            : 'It answers; its objects can be read.',
        ),
      ]
    : []
  const published = releases
    ? [
        permitted(`Bucket ${releases.name}`, 'objects.bucket', releases.tryPermissions(), async () => {
          const count = (await releases.list()).length
          const found = count === 0 ? 'no release lies there yet' : `${countOf(count, 'release lies', 'releases lie')} there`
          return `It answers; ${found}. It may be written to: an empty object was put there and removed again.`
        }),
      ]
    : []
  const account = input.edge.kind === 'cloudfront' && releases ? accountTry(input.edge, vendors) : []
  const findings = await Promise.all([distribution, ...origin, ...builds, ...rendered])
  const permissions = await Promise.all([...account, ...stored, ...published])
  edge.close()
  objects?.close()
  releases?.close()
  return [...(await zones), ...findings, ...permissions.flat()]
}

/** A few at a time, since many zones are mostly one server; in their order. */
async function askZones(zones: SiteInput['zones'], answers: (url: string) => Promise<string>): Promise<Finding[]> {
  const findings: Finding[] = []
  await inParallel(zones.entries(), ZONES_AT_A_TIME, async ([index, { url }]) => {
    findings[index] = await outcome(`Site ${new URL(url).host}`, `zones.${index}.url`, () => answers(url))
  })
  return findings
}

/** Publishing needs more of a distribution than reading it shows: it is pointed at one release after the other. */
function accountTry(edge: Extract<SiteInput['edge'], { kind: 'cloudfront' }>, vendors: Vendors): Promise<Finding[]>[] {
  const { distributionId, ...access } = edge
  const account = vendors.openAccount(access)
  const trying = account.tryPermissions(distributionId, { rollBack: true, countOthers: false }).finally(account.close)
  return [
    permitted(`Permissions for ${distributionId}`, 'edge.distributionId', trying, async () => {
      const permissions = await trying
      // Why a call did not get through, the finding of the distribution says.
      if (permissions.some(({ state }) => state === 'failed')) return null
      const notTried = permissions.filter(({ state }) => state === 'not-tried').map(({ action }) => action)
      return `Every one that can be tried is there. Not tried: ${notTried.join(', ')}.`
    }),
  ]
}

/** What is lacking, one finding for each permission; what `attempt` says when nothing is. */
async function permitted(
  part: string,
  field: string,
  trying: Promise<readonly TriedPermission[]>,
  attempt: () => Promise<string | null>,
): Promise<Finding[]> {
  const lacking: Finding[] = []
  const whole = await outcome(part, field, async () => {
    for (const { action, state, message, fix } of await trying) {
      if (state === 'missing') lacking.push({ part: `${part}: ${action}`, field, ok: false, message, fix })
    }
    return lacking.length > 0 ? '' : ((await attempt()) ?? '')
  })
  return lacking.length > 0 ? lacking : whole.message === '' ? [] : [whole]
}

const HOOK: [part: string, field: string] = ['Builds', 'builder.listUrl']
const NETLIFY: [part: string, field: string] = ['Netlify', 'builder.siteId']

/** What the edge is called, and the field that says where it is. */
function partOf(edge: SiteInput['edge']): [part: string, field: string] {
  switch (edge.kind) {
    case 'any-cache':
      return ['Another cache', 'edge.kind']
    case 'varnish':
      return [`Varnish at ${edge.addresses.map((url) => new URL(url).host).join(', ')}`, 'edge.addresses']
    case 'cloudfront':
      return [`Distribution ${edge.distributionId}`, 'edge.distributionId']
  }
}

async function outcome(part: string, field: string, attempt: () => Promise<string>): Promise<Finding> {
  try {
    return { part, field, ok: true, message: await attempt(), fix: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { part, field: error.details.field ?? field, ok: false, message: error.message, fix: error.details.fix ?? null }
  }
}
