import { AppError } from '#shared/errors.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'
import { parseSitemap, sitemapsInRobots } from './sitemap.ts'
import { insertPages, type FoundPage } from './write-pages.ts'

export interface DiscoverInput {
  readonly siteId: string
  readonly zones: readonly { readonly id: number; readonly host: string; readonly url: string }[]
}

export interface Discovered {
  /** Addresses of pages of this site that were found, new ones or not. */
  readonly found: number
  readonly newPageIds: number[]
  /** Addresses that are on no zone of this site, or no web addresses at all. */
  readonly foreign: number
  /** One sentence for each file that could not be read. */
  readonly problems: string[]
}

/** Reads a text file of a site, unpacked when it is gzip. Throws `AppError`. */
export type ReadText = (url: string, signal: AbortSignal) => Promise<string>

/** Files a discovery reads at most: a sitemap that names itself, or names new ones for ever, must end. */
const FILES_AT_MOST = 2_000
export const PAGES_AT_MOST = 2_000_000
/** Far above what sitemaps.org allows (2,048), and what servers and edges answer. */
const ADDRESS_CHARACTERS_AT_MOST = 8_192

/** Finds pages through robots.txt and sitemaps of every zone. Bad files are reported; the others still count. */
export async function discover(
  context: { readonly db: Raw; readonly readText: ReadText; readonly clock: Clock },
  input: DiscoverInput,
  report: (progress: { found: number; files: number }) => void,
  signal: AbortSignal,
): Promise<Discovered> {
  const zoneByHost = new Map(input.zones.map((zone) => [zone.host.toLowerCase(), zone.id]))
  const total = { found: 0, foreign: 0, newPageIds: [] as number[], problems: [] as string[] }
  const seen = new Set<string>()
  const queue: string[] = []
  for (const zone of input.zones) queue.push(...(await entryFiles(context.readText, zone.url, total.problems, signal)))
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    if (seen.has(url)) continue
    if (seen.size >= FILES_AT_MOST || total.found >= PAGES_AT_MOST) {
      total.problems.push(`Stopped after ${seen.size} sitemap files and ${total.found} pages.`)
      break
    }
    seen.add(url)
    try {
      const sitemap = parseSitemap(await context.readText(url, signal), url)
      queue.push(...sitemap.files.filter((file) => zoneByHost.has(hostOf(file))))
      const { mine, foreign } = sortByZone(sitemap.pages, zoneByHost)
      total.found += mine.length
      total.foreign += foreign
      total.newPageIds.push(...insertPages(context.db, input.siteId, 'sitemap', mine, context.clock()))
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error
      total.problems.push(error.details.fix ? `${error.message} ${error.details.fix}` : error.message)
    }
    report({ found: total.found, files: seen.size })
  }
  return total
}

async function entryFiles(readText: ReadText, zoneUrl: string, problems: string[], signal: AbortSignal): Promise<string[]> {
  const fallback = [new URL('/sitemap.xml', zoneUrl).href]
  try {
    const named = sitemapsInRobots(await readText(new URL('/robots.txt', zoneUrl).href, signal))
      .filter((url) => URL.canParse(url, zoneUrl))
      .map((url) => new URL(url, zoneUrl).href)
    return named.length > 0 ? named : fallback
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error
    // A site without robots.txt is in order; a site that is down is not.
    if (error.code !== 'NOT_FOUND') problems.push(error.message)
    return error.code === 'UNREACHABLE' ? [] : fallback
  }
}

function sortByZone(urls: readonly string[], zoneByHost: ReadonlyMap<string, number>): { mine: FoundPage[]; foreign: number } {
  const mine: FoundPage[] = []
  let foreign = 0
  for (const text of urls) {
    const zoneId = zoneByHost.get(hostOf(text))
    if (zoneId === undefined) foreign += 1
    else {
      const { pathname, search } = new URL(text)
      mine.push({ zoneId, path: pathname + search })
    }
  }
  return { mine, foreign }
}

/** The host of a web address; empty for anything that is none, so that it counts as foreign. */
function hostOf(text: string): string {
  const url = text.length > ADDRESS_CHARACTERS_AT_MOST ? null : URL.parse(text)
  return url && /^https?:$/.test(url.protocol) ? url.host : ''
}
