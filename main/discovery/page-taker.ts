import type { Found, NotTaken } from '#shared/discovery.ts'
import { canonicalPage, type PageRules } from '#shared/page-identity.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'

export interface ZoneRef {
  readonly id: number
  readonly host: string
  readonly url: string
}

/** What the composition root hands to every way of finding pages: pages are stored by their own feature. */
export interface TakeContext {
  readonly db: Raw
  readonly clock: Clock
  insertPages(db: Raw, siteId: string, by: string, found: readonly FoundPage[], nowMs: number): number[]
  readPageRules(db: Raw, siteId: string): PageRules
}

interface FoundPage {
  readonly zoneId: number
  readonly path: string
}

/** Far above what sitemaps.org allows (2,048), and what servers and edges answer. */
export const ADDRESS_CHARACTERS_AT_MOST = 8_192
export const PAGES_AT_MOST = 2_000_000
const NOT_TAKEN_KEPT = 1_000
const NEW_IDS_KEPT = 1_000
const ROWS_AT_ONCE = 5_000

export interface PageTaker {
  /** Takes an address, or a path when paths have a zone; the page's path, or null when it is not taken. */
  take(text: string, where?: { readonly line?: number; readonly field?: string }): (FoundPage & { readonly host: string }) | null
  refuse(refused: NotTaken): void
  problem(sentence: string): void
  /** Writes when enough has come. Call between entries. */
  pause(): Promise<void>
  /** Addresses that were taken so far, known ones too. */
  taken(): number
  finish(): { readonly found: Found; readonly newPageIds: number[] }
}

/** Collects pages of a site and writes them in bulk. Its memory does not grow with their number. */
export function createPageTaker(
  context: TakeContext,
  input: {
    readonly siteId: string
    readonly zones: readonly ZoneRef[]
    readonly by: string
    readonly pathsInZone: number | null
  },
): PageTaker {
  const rules = context.readPageRules(context.db, input.siteId)
  const zoneByHost = new Map(input.zones.map((zone) => [zone.host.toLowerCase(), zone]))
  const home = input.zones.find((zone) => zone.id === input.pathsInZone) ?? null
  const total = { added: 0, known: 0, rewritten: 0, notTakenCount: 0, notTaken: [] as NotTaken[], problems: [] as string[] }
  const newPageIds: number[] = []
  let waiting: FoundPage[] = []
  let taken = 0

  const refuse = (refused: NotTaken) => {
    total.notTakenCount += 1
    if (total.notTaken.length < NOT_TAKEN_KEPT) total.notTaken.push({ ...refused, text: shortened(refused.text) })
  }
  const write = () => {
    const ids = context.insertPages(context.db, input.siteId, input.by, waiting, context.clock())
    total.added += ids.length
    total.known += waiting.length - ids.length
    newPageIds.push(...ids.slice(0, NEW_IDS_KEPT - newPageIds.length))
    waiting = []
  }
  return {
    take(text, { line = null, field = 'url' }: { readonly line?: number | null; readonly field?: string } = {}) {
      const read = readAddress(text.trim(), zoneByHost, home)
      if ('reason' in read) {
        refuse({ line, field, text, ...read })
        return null
      }
      const page = canonicalPage(read.address, rules)
      const zone = page && zoneByHost.get(page.host)
      if (!page || !zone) {
        refuse({ line, field, text, ...(page ? foreign(page.host, input.zones) : NO_ADDRESS) })
        return null
      }
      if (page.changedBy.some((rule) => rule !== 'address')) total.rewritten += 1
      taken += 1
      const found = { zoneId: zone.id, path: page.path, host: zone.host }
      waiting.push(found)
      return found
    },
    refuse,
    problem: (sentence) => void total.problems.push(sentence),
    async pause() {
      if (waiting.length < ROWS_AT_ONCE) return
      write()
      // Between transactions the core thread may write, and a cancel may arrive.
      await new Promise((resolve) => setImmediate(resolve))
    },
    taken: () => taken,
    finish() {
      if (waiting.length > 0) write()
      return { found: { ...total }, newPageIds }
    },
  }
}

interface Refusal {
  readonly reason: string
  readonly fix: string
}

const NO_ADDRESS: Refusal = { reason: 'Not a web address that can be read.', fix: 'Copy it from the browser again.' }

function foreign(host: string, zones: readonly ZoneRef[]): Refusal {
  const some = zones.slice(0, 3).map((zone) => zone.host)
  return {
    reason: `${host} is no zone of this site (${some.join(', ')}${zones.length > 3 ? ' …' : ''}).`,
    fix: 'Add the zone to the site, or give the path alone if it is served there too.',
  }
}

function readAddress(
  text: string,
  zones: ReadonlyMap<string, ZoneRef>,
  home: ZoneRef | null,
): { readonly address: string } | Refusal {
  if (text === '') return { reason: 'There is no address.', fix: 'Fill it in, or leave the line out.' }
  if (text.length > ADDRESS_CHARACTERS_AT_MOST) {
    return { reason: 'Longer than 8,192 characters, which no server answers.', fix: 'Put each address on a line of its own.' }
  }
  if (text.includes('\uFFFD')) {
    return { reason: 'It has letters that are not written in UTF-8.', fix: 'Save the list as UTF-8 and read it again.' }
  }
  // oxlint-disable-next-line no-control-regex -- these characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text))
    return { reason: 'There is a control character inside.', fix: 'Copy the address again.' }
  if (/^https?:\/\//i.test(text)) return { address: text }
  const host = zones.get((text.split('/', 1)[0] ?? '').toLowerCase())
  if (host) return { address: `${new URL(host.url).protocol}//${text}` }
  if (home === null) return { reason: 'Not a whole address.', fix: 'Write it with https:// and the host in front.' }
  if (text.startsWith('//')) return { address: `${new URL(home.url).protocol}${text}` }
  if (text.startsWith('/')) return { address: new URL(home.url).origin + text }
  return { reason: 'It begins neither with / nor with https://.', fix: `Write /${shortened(text)} if it is a path.` }
}

function shortened(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`
}
