import { AppError } from '#shared/errors.ts'
import type { Finding, SiteInput } from '#shared/sites.ts'
import { connectionsFor, type Vendors } from './connections.ts'

/** Reaches an address once; throws `AppError` with a sentence when it cannot. Returns the status. */
export type Reach = (url: string) => Promise<number>

/** Tries every part of a site's input against the real thing, all parts at once. One outcome a part; none hides another. */
export async function testConnection(input: SiteInput, vendors: Vendors, reach: Reach): Promise<Finding[]> {
  const { edge, builder, renderer, objects, releases } = connectionsFor(input, vendors)
  const zones = input.zones.map((zone, index) => {
    return outcome(`Site ${new URL(zone.url).host}`, `zones.${index}.url`, async () => {
      const release = vendors.allow(zone.url)
      const status = await reach(new URL('/', zone.url).href).finally(release)
      return status >= 500 ? `It answers, with status ${status}.` : `It answers (status ${status}).`
    })
  })
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
        outcome(`Bucket ${objects.name}`, 'objects.bucket', async () =>
          (await objects.head('/')) === null
            ? 'It answers; it has no object for the first page, so check the prefix.'
            : 'It answers; its objects can be read.',
        ),
      ]
    : []
  const published = releases
    ? [
        outcome(`Bucket ${releases.name}`, 'objects.bucket', async () => {
          const count = (await releases.list()).length
          const found =
            count === 0 ? 'no release lies there yet' : `${count} ${count === 1 ? 'release lies' : 'releases lie'} there`
          return `It answers; ${found}. Whether it may be written to shows the first deploy.`
        }),
      ]
    : []
  const findings = await Promise.all([...zones, distribution, ...builds, ...rendered, ...stored, ...published])
  edge.close()
  objects?.close()
  releases?.close()
  return findings
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
