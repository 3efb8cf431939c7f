import { countedOf } from '#shared/count-words.ts'
import type { Found } from '#shared/discovery.ts'
import { AppError } from '#shared/errors.ts'
import { createPageTaker, PAGES_AT_MOST, type TakeContext, type ZoneRef } from './page-taker.ts'
import { readRobots } from './robots.ts'
import { readSitemap } from './sitemap.ts'

export interface DiscoverInput {
  readonly siteId: string
  readonly zones: readonly ZoneRef[]
}

export interface Discovered extends Found {
  /** Addresses of pages of this site that were found, new ones or not. */
  readonly found: number
  /** The first of the new pages. */
  readonly newPageIds: number[]
  /** Addresses that are on no zone of this site, or no web addresses at all. */
  readonly foreign: number
}

/** Reads a text file of a site, unpacked when it is gzip. Throws `AppError`. */
export type ReadText = (url: string, signal: AbortSignal) => Promise<string>

/** Files a discovery reads at most: a sitemap that names itself, or names new ones for ever, must end. */
const FILES_AT_MOST = 2_000

/** Finds pages through robots.txt and sitemaps of every zone. Bad files are reported; the others still count. */
export async function discover(
  context: TakeContext & { readonly readText: ReadText },
  input: DiscoverInput,
  report: (progress: { found: number; files: number }) => void,
  signal: AbortSignal,
): Promise<Discovered> {
  const hosts = new Set(input.zones.map((zone) => zone.host.toLowerCase()))
  const taker = createPageTaker(context, { ...input, by: 'sitemap', pathsInZone: null })
  const seen = new Set<string>()
  const queue: string[] = []
  for (const zone of input.zones) queue.push(...(await entryFiles(context.readText, zone.url, taker.problem, signal)))
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    if (seen.has(url)) continue
    if (seen.size >= FILES_AT_MOST || taker.taken() >= PAGES_AT_MOST) {
      taker.problem(`Stopped after ${countedOf(seen.size, 'sitemap file')} and ${countedOf(taker.taken(), 'page')}.`)
      break
    }
    seen.add(url)
    const named = url
    try {
      await readSitemap(await context.readText(url, signal), url, {
        page: (address) => void taker.take(address, { field: named }),
        // Translations often live on hosts that are no concern of this site.
        alternate: (address) => void (hosts.has(hostOf(address)) && taker.take(address, { field: named })),
        file: (address) => void (queue.length < FILES_AT_MOST && hosts.has(hostOf(address)) && queue.push(address)),
        async pause() {
          await taker.pause()
          signal.throwIfAborted()
        },
      })
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error
      taker.problem(error.details.fix ? `${error.message} ${error.details.fix}` : error.message)
    }
    report({ found: taker.taken(), files: seen.size })
  }
  const { found, newPageIds } = taker.finish()
  return { ...found, found: taker.taken(), newPageIds, foreign: found.notTakenCount }
}

async function entryFiles(
  readText: ReadText,
  zoneUrl: string,
  problem: (sentence: string) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const fallback = [new URL('/sitemap.xml', zoneUrl).href]
  try {
    const named = readRobots(await readText(new URL('/robots.txt', zoneUrl).href, signal))
      .sitemaps.filter((url) => URL.canParse(url, zoneUrl))
      .map((url) => new URL(url, zoneUrl).href)
    return named.length > 0 ? named.slice(0, FILES_AT_MOST) : fallback
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error
    // A site without robots.txt is in order; a site that is down is not.
    if (error.code !== 'NOT_FOUND') problem(error.message)
    return error.code === 'UNREACHABLE' ? [] : fallback
  }
}

/** The host of a web address; empty for anything that is none. */
function hostOf(text: string): string {
  const url = URL.parse(text)
  return url && /^https?:$/.test(url.protocol) ? url.host : ''
}
