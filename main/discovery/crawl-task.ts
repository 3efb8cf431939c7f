import { counted, countedOf } from '#shared/count-words.ts'
import type { CrawlLimits } from '#shared/discovery.ts'
import { AppError } from '#shared/errors.ts'
import { delay } from '#main/platform/clock.ts'
import type { PageAnswer, PageOptions } from '#main/platform/http-page.ts'
import { createCrawlQueue, forgetCrawl, type CrawlAddress, type CrawlQueue } from './crawl-queue.ts'
import { linksIn } from './html-links.ts'
import { createPageTaker, type PageTaker, type TakeContext, type ZoneRef } from './page-taker.ts'
import { ALLOWS_ALL, ALLOWS_NONE, readRobots, type Robots } from './robots.ts'
import type { FindReport, FindResult } from './sources.ts'
import { canonicalPage } from '#shared/page-identity.ts'
import type { ReadText } from './sitemaps-task.ts'

export interface CrawlInput {
  readonly siteId: string
  readonly zones: readonly ZoneRef[]
  readonly limits: CrawlLimits
  readonly goOn: boolean
}

export interface CrawlContext extends TakeContext {
  readonly readText: ReadText
  get(url: string, options: PageOptions): Promise<PageAnswer>
}

/** Hosts that are asked at the same time. */
const HOSTS_AT_ONCE = 4
/** A part that comes back this often in one path is a link that is wrong by one level. */
const SAME_PART_AT_MOST = 3
const PATH_CHARACTERS_AT_MOST = 2_048
const PROBLEMS_AT_MOST = 20

/**
 * Follows the links of a site's pages, from the front page of every zone, and takes the HTML pages among them. Keeps to the
 * limits, to the site's hosts and to their robots.txt. Cancelling keeps what was found; the next crawl can go on from there.
 */
export async function crawl(
  context: CrawlContext,
  input: CrawlInput,
  report: FindReport,
  signal: AbortSignal,
): Promise<FindResult> {
  const { limits } = input
  const zoneById = new Map(input.zones.map((zone) => [zone.id, zone]))
  const taker = createPageTaker(context, { ...input, by: 'crawl', pathsInZone: null })
  if (!input.goOn) forgetCrawl(context.db, input.siteId)
  const queue = createCrawlQueue(context.db, input.siteId, limits.pagesAtMost)
  queue.add(
    input.zones.map((zone) => ({ zoneId: zone.id, path: '/' })),
    0,
  )
  const state = { asked: 0, renders: 0, open: 0, failed: 0, disallowed: 0, deeper: 0 }
  const gates = new Map<number, Promise<Gate>>()
  const gateOf = (zone: ZoneRef): Promise<Gate> => {
    const gate = gates.get(zone.id) ?? robotsOf(context.readText, zone, taker, signal).then((robots) => new Gate(robots, limits))
    gates.set(zone.id, gate)
    return gate
  }
  const visit = async (address: CrawlAddress) => {
    const zone = zoneById.get(address.zone_id)
    const gate = zone && (await gateOf(zone))
    if (!zone || !gate || !gate.robots.allows(address.path)) {
      state.disallowed += 1
      queue.visited(address)
      return
    }
    await gate.enter(signal)
    try {
      if (full()) return queue.giveBack(address)
      state.asked += 1
      await look(zone, address)
      queue.visited(address)
    } catch (error) {
      queue.giveBack(address)
      if (signal.aborted || !(error instanceof AppError)) throw error
      queue.visited(address)
      state.failed += 1
      if (state.failed <= PROBLEMS_AT_MOST) taker.problem(`${zone.host}${address.path}: ${error.message}`)
    } finally {
      gate.leave()
    }
  }
  const look = async (zone: ZoneRef, address: CrawlAddress) => {
    const url = zone.url + address.path
    const answer = await context.get(url, { signal, keepBody: true })
    if (!cameFromStore(answer)) state.renders += 1
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : undefined
    const isPage =
      answer.status === 200 && /^(text\/html|application\/xhtml\+xml)/i.test(answer.headers.get('content-type') ?? '')
    if (isPage) taker.take(url)
    const links = location
      ? [URL.parse(location, url)?.href ?? '']
      : isPage
        ? linksIn(new TextDecoder().decode(answer.body), url)
        : []
    const next = links.flatMap((link) => mine(link))
    if (next.length > 0 && address.depth >= limits.depthAtMost) state.deeper += 1
    else queue.add(next, address.depth + 1)
  }
  const rules = context.readPageRules(context.db, input.siteId)
  const zoneByHost = new Map(input.zones.map((zone) => [zone.host.toLowerCase(), zone]))
  const mine = (link: string) => {
    const page = canonicalPage(link, rules)
    const zone = page && zoneByHost.get(page.host)
    return page && zone && !isOdd(page.path) ? [{ zoneId: zone.id, path: page.path }] : []
  }
  const full = () => state.asked >= limits.pagesAtMost || state.renders >= limits.rendersAtMost
  const lane = async () => {
    while (!full() && !signal.aborted) {
      const [address] = queue.take(1)
      if (!address) {
        // Another lane may still find links.
        if (state.open === 0) return
        await delay(50, signal)
        continue
      }
      state.open += 1
      try {
        await visit(address)
      } finally {
        state.open -= 1
      }
      await taker.pause()
      report({ done: state.asked, note: progressNote(taker, state.renders) })
    }
  }
  const lanes = limits.atOnce * Math.min(HOSTS_AT_ONCE, input.zones.length)
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane))
  const broken = ends.find((end) => end.status === 'rejected')
  tellEnd(taker, queue, state, limits)
  const result = taker.finish()
  if (broken && !signal.aborted) throw broken.reason
  return result
}

function progressNote(taker: PageTaker, renders: number): string {
  return `${countedOf(taker.taken(), 'page')}, at most ${counted(renders)} rendered for it`
}

function tellEnd(
  taker: PageTaker,
  queue: CrawlQueue,
  state: { asked: number; renders: number; failed: number; disallowed: number; deeper: number },
  limits: CrawlLimits,
): void {
  const waiting = queue.waiting()
  if (state.renders >= limits.rendersAtMost)
    taker.problem(`Stopped at the cap of ${counted(limits.rendersAtMost)} renders; ${counted(waiting)} addresses wait.`)
  else if (state.asked >= limits.pagesAtMost && waiting > 0)
    taker.problem(`Stopped after ${counted(state.asked)} requests; ${counted(waiting)} addresses wait.`)
  if (state.deeper > 0) taker.problem(`Links deeper than ${counted(limits.depthAtMost)} were not followed.`)
  if (state.disallowed > 0) taker.problem(`${counted(state.disallowed)} addresses were left out, as robots.txt asks.`)
  if (state.failed > PROBLEMS_AT_MOST) taker.problem(`${counted(state.failed)} requests failed in all.`)
}

/** An `Age`, or a cache that says hit; everything else may have been rendered for us. */
function cameFromStore(answer: PageAnswer): boolean {
  return Number(answer.headers.get('age') ?? 0) > 0 || /\bhit\b/i.test(answer.headers.get('x-cache') ?? '')
}

function isOdd(path: string): boolean {
  if (path.length > PATH_CHARACTERS_AT_MOST) return true
  const counts = new Map<string, number>()
  for (const part of (path.split('?', 1)[0] ?? '').split('/')) if (part !== '') counts.set(part, (counts.get(part) ?? 0) + 1)
  return [...counts.values()].some((count) => count > SAME_PART_AT_MOST)
}

/** A missing robots.txt allows all; one that cannot be had allows nothing. Source: RFC 9309 §2.3.1. */
async function robotsOf(readText: ReadText, zone: ZoneRef, taker: PageTaker, signal: AbortSignal): Promise<Robots> {
  try {
    return readRobots(await readText(new URL('/robots.txt', zone.url).href, signal))
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error
    if (error.code === 'NOT_FOUND' || /status 4\d\d/.test(error.message)) return ALLOWS_ALL
    taker.problem(`${zone.host} is not crawled, since its robots.txt cannot be read: ${error.message}`)
    return ALLOWS_NONE
  }
}

/** Lets requests to one host through: so many at once, so many a second. */
class Gate {
  readonly robots: Robots
  readonly #pauseMs: number
  #free: number
  #nextAtMs = 0
  #waiting: (() => void)[] = []

  constructor(robots: Robots, limits: CrawlLimits) {
    this.robots = robots
    this.#pauseMs = Math.max(1_000 / limits.requestsPerSecond, robots.crawlDelaySeconds * 1_000)
    this.#free = limits.atOnce
  }

  async enter(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => void this.#waiting.push(resolve))
    const now = performance.now()
    const at = Math.max(now, this.#nextAtMs)
    this.#nextAtMs = at + this.#pauseMs
    try {
      if (at > now) await delay(at - now, signal)
    } catch (error) {
      this.leave()
      throw error
    }
  }

  leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
  }
}
