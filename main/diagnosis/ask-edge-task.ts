import { md5Of } from '#main/platform/body-hash.ts'
import { readAddress } from './address.ts'
import { ALL_IN_MS, createAsker, REQUESTS, type Asker, type AskWorld, type Budget } from './ask.ts'
import { wasAnswered, type Answered, type CustomerCopy, type Evidence, type Exchanged, type KnownPage } from './evidence.ts'
import { namedIn, type Named } from './read-html.ts'
import { readPaste } from './read-paste.ts'
import { readPage, readSite, zonesIn, type SubjectSite, type SubjectWorld } from './subject.ts'
import { BROWSER_HEADERS } from './variants.ts'

export interface AskEdgeInput {
  readonly url: string
  readonly customer: { readonly text: string } | null
}

/** What is known after the edge has been asked for the page itself. Plain data: the core hands it on to the second task. */
export interface EdgeStage {
  readonly url: string
  readonly askedAtMs: number
  /** Of the address that was asked for. */
  readonly site: SubjectSite | null
  /** Of the target, when the edge redirects within the site. */
  readonly page: KnownPage | null
  readonly target: { readonly url: string; readonly host: string; readonly path: string }
  readonly redirects: readonly Answered[]
  readonly edge: NonNullable<Evidence['edge']>
  readonly named: readonly Named[]
  /** Of the body that the edge gave last; null without one. */
  readonly bodyMd5: string | null
  readonly customer: CustomerCopy | null
  readonly budget: Budget
  readonly gaps: readonly string[]
}

export type EdgeWorld = AskWorld & SubjectWorld

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MAX_REDIRECTS = 5

/**
 * The first half: reads the address and what the customer sent, follows redirects, and asks the edge for the page, twice
 * where the first answer may have filled the cache. Throws `BAD_INPUT`.
 */
export async function askEdge(world: EdgeWorld, input: AskEdgeInput, signal: AbortSignal): Promise<EdgeStage> {
  const askedAtMs = world.clock()
  const address = readAddress(input.url, zonesIn(world.db, input.url))
  const customer = input.customer === null ? null : readPaste(input.customer.text, address.href, askedAtMs)
  const site = readSite(world, address.host, address.pathname)
  const asker = createAsker(world, { requests: REQUESTS, untilMs: askedAtMs + ALL_IN_MS }, site?.selectors ?? [], signal)
  const gaps: string[] = []
  const { redirects, reply } = await follow(asker, address.href, gaps)
  const first = reply.exchange
  const second =
    wasAnswered(first) && !FROM_STORE.has(first.cache.state) ? await asker.ask(first.url, { headers: BROWSER_HEADERS }) : null
  const again = second?.asked === true ? second.exchange : null
  const lastBody = second?.body ?? reply.body
  const target = new URL(first.url)
  const path = target.pathname + target.search
  const hosts = site?.hosts ?? [target.host]
  const zone = site === null ? null : readZone(world, site, target.host)
  const named = reply.body !== null && wasAnswered(first) && first.textLength !== null
  return {
    url: address.href,
    askedAtMs,
    site,
    page: zone === null ? null : (readPage(world.db, zone, path)?.page ?? null),
    target: { url: target.href, host: target.host, path },
    redirects,
    edge: { first, again, filledByUs: filledByUs(first, again) },
    named: named ? namedIn(reply.body, target.href, (host) => hosts.includes(host)).slice(0, 40) : [],
    bodyMd5: lastBody === null ? null : md5Of(lastBody),
    customer,
    budget: asker.spent(),
    gaps,
  }
}

async function follow(asker: Asker, address: string, gaps: string[]) {
  const redirects: Answered[] = []
  const been = new Set<string>()
  for (let url = address; ;) {
    been.add(url)
    const reply = await asker.ask(url, { headers: BROWSER_HEADERS })
    const { exchange } = reply
    if (!wasAnswered(exchange) || !REDIRECTS.has(exchange.status) || exchange.location === null) return { redirects, reply }
    const next = new URL(exchange.location)
    next.hash = ''
    if (been.has(next.href)) {
      gaps.push(
        `The redirects go in a circle: ${redirects.length + 1} were followed, and the last one leads back to ${next.href}.`,
      )
      return { redirects, reply }
    }
    if (redirects.length >= MAX_REDIRECTS) {
      gaps.push(`There are more than ${MAX_REDIRECTS} redirects in a row; the ones after that were not followed.`)
      return { redirects, reply }
    }
    if (!/^https?:$/.test(next.protocol) || next.username !== '' || next.password !== '') {
      gaps.push('The redirect leads to something that is no web address, so it was not followed.')
      return { redirects, reply }
    }
    redirects.push(exchange)
    url = next.href
  }
}

const FROM_STORE = new Set(['hit', 'stale', 'revalidated'])

function filledByUs(first: Exchanged, again: Exchanged | null): boolean {
  if (!wasAnswered(first) || !wasAnswered(again)) return false
  return !FROM_STORE.has(first.cache.state) && FROM_STORE.has(again.cache.state)
}

function readZone({ db }: EdgeWorld, site: SubjectSite, host: string): SubjectSite['zone'] | null {
  if (host === site.zone.host) return site.zone
  const row = db
    .prepare<[string, string], { id: number; host: string }>('SELECT id, host FROM zones WHERE site_id = ? AND host = ?')
    .get(site.about.id, host)
  return row ?? null
}
