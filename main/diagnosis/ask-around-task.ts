import { forcedRules, ruleAnswer } from '#shared/http-cache/redirect-rules.ts'
import { createAsker, type Asker, type AskWorld } from './ask.ts'
import type { EdgeStage } from './ask-edge-task.ts'
import { wasAnswered, type Answered, type Companion, type Evidence, type Exchanged, type Variant } from './evidence.ts'
import { getFromOrigin, readOrigin, readOriginRedirect, type AskedByCore } from './origin.ts'
import { readHistory, type HistoryWorld } from './read-history.ts'
import { lookInto, type ReleaseLookup } from './release-lookup.ts'
import { NO_SITE_POLICY } from './subject.ts'
import { splitPath } from './spelling.ts'
import { BROWSER_HEADERS, CRAWLER_USER_AGENT, headerOf, MAX_VARIANTS, variantsOf, type VariantRequest } from './variants.ts'

export interface AskAroundInput {
  readonly stage: EdgeStage
  readonly asked: AskedByCore
}
export type AroundWorld = AskWorld & HistoryWorld

const MAX_ASSETS = 5
const MAX_DATA = 2
/** The page itself twice, and for a crawler; its variants and its data, that at the origin too. */
export const MAX_RENDERS = 3 + MAX_VARIANTS + 2 * MAX_DATA

/**
 * The second half: what the origin has, the page's variants, what a crawler gets, what the page names, and what is known
 * from before. A page without an answer is not asked about any further.
 */
export async function askAround(world: AroundWorld, { stage, asked }: AskAroundInput, signal: AbortSignal): Promise<Evidence> {
  const { site, target } = stage
  const gaps = [...stage.gaps]
  const release = site?.live ? lookInto(world, site.about.id, site.live.releaseId) : null
  const asker = createAsker(world, stage.budget, site?.selectors ?? [], signal)
  const origin = await readOrigin(stage, asked, release, asker, gaps)
  const originRedirect = await readOriginRedirect(stage, asker)
  const seen = wasAnswered(stage.edge.first) ? stage.edge.first : null
  const around = seen === null ? NOTHING : await askOthers(world, stage, seen, release, asker, gaps)
  const asks = new URL(stage.url)
  const path = asks.pathname + asks.search
  const rules = site?.live?.redirects ?? []
  const isFile = (release?.hashOf(asks.host, path) ?? null) !== null
  const { rule } = ruleAnswer(path, isFile ? forcedRules(rules) : rules, asks.hostname)
  return {
    url: stage.url,
    askedAtMs: stage.askedAtMs,
    seenAtMs: null,
    site: site?.about ?? null,
    page: stage.page,
    edge: stage.edge,
    redirects: stage.redirects,
    rule,
    origin,
    originRedirect,
    policy: site?.policy ?? null,
    policyGap: site === null ? NO_SITE_POLICY : site.policyGap,
    ...around,
    history: readHistory(world, site, target, stage.page, null, world.clock()),
    customer: stage.customer,
    similar: stage.similar,
    gaps,
  }
}

type Around = Pick<Evidence, 'variants' | 'crawler' | 'companions'>
const NOTHING: Around = { variants: [], crawler: null, companions: [] }

type Errand = () => Promise<{ variant: Variant } | { crawler: Evidence['crawler'] } | { companion: Companion }>

async function askOthers(
  world: AroundWorld,
  stage: EdgeStage,
  seen: Answered,
  release: ReleaseLookup | null,
  asker: Asker,
  gaps: string[],
): Promise<Around> {
  const variants = keepsNothing(seen) ? [] : variantsOf(stage.target.path, seen, knownQuery(world, stage))
  const crawl: Errand = async () => ({
    crawler: (await asker.ask(stage.target.url, { headers: { ...BROWSER_HEADERS, 'user-agent': CRAWLER_USER_AGENT } })).exchange,
  })
  const errands: Errand[] = [
    crawl,
    ...namedErrands(stage, release, asker),
    ...variants.map((variant) => variantErrand(stage, variant, asker)),
  ]
  const { done, left } = await asker.each(errands, (errand) => errand())
  if (left > 0) {
    gaps.push(
      `${left} more ways of asking were left out, since one diagnosis makes a limited number of requests in a limited time.`,
    )
  }
  return {
    variants: done.flatMap((result) => ('variant' in result ? [result.variant] : [])),
    crawler: done.flatMap((result) => ('crawler' in result ? [result.crawler] : []))[0] ?? null,
    companions: done.flatMap((result) => ('companion' in result ? [result.companion] : [])),
  }
}

/** An answer that no cache may keep and none had: there are no other copies of it, and each variant would be a render. */
function keepsNothing(seen: Answered): boolean {
  return seen.cache.ageSeconds === null && /\b(no-store|private)\b/i.test(headerOf(seen, 'cache-control') ?? '')
}

function variantErrand({ target }: EdgeStage, { kind, how, path, headers }: VariantRequest, asker: Asker): Errand {
  return async () => {
    const url = new URL(target.url).origin + path
    const { exchange } = await asker.ask(url, { headers: { ...BROWSER_HEADERS, ...headers } })
    return { variant: { kind, how, path, exchange } }
  }
}

function namedErrands(stage: EdgeStage, release: ReleaseLookup | null, asker: Asker): Errand[] {
  const limits = { asset: MAX_ASSETS, data: MAX_DATA }
  const chosen = stage.named.filter(({ kind }) => (limits[kind] -= 1) >= 0)
  return chosen.map(({ kind, url, headers }) => async () => {
    const { exchange } = await asker.ask(url, { headers: { ...BROWSER_HEADERS, accept: '*/*', ...headers } })
    const { host, pathname, search } = new URL(url)
    // With a field of its own this is another answer of the page's address, which is no file.
    const files = headers === undefined ? release : null
    const inRelease = files?.hashOf(host, pathname + search) ?? null
    const originHash = inRelease ?? (kind === 'data' ? await dataAtOrigin(stage, url, headers, exchange, asker) : null)
    return { companion: { kind, url, exchange, originHash, inRelease: files === null ? null : inRelease !== null } }
  })
}

/** The hash of what the origin has for a data file that came from a store; null when nobody knows. */
async function dataAtOrigin(
  { site }: EdgeStage,
  url: string,
  headers: Readonly<Record<string, string>> | undefined,
  seen: Exchanged,
  asker: Asker,
): Promise<string | null> {
  const { host, pathname, search } = new URL(url)
  if (!site?.originUrl || !site.hosts.includes(host) || !wasAnswered(seen) || seen.status !== 200) return null
  const etag = headerOf(seen, 'etag')
  const asked = { accept: '*/*', ...headers, ...(etag === undefined ? {} : { 'if-none-match': etag }) }
  const { exchange: answer } = await getFromOrigin(site.originUrl, { host, path: pathname + search }, asked, asker)
  if (!wasAnswered(answer)) return null
  return answer.status === 304 ? seen.bodyHash : answer.status === 200 ? answer.bodyHash : null
}

/** A query with which the list has this very page. */
function knownQuery({ db }: AroundWorld, { site, target }: EdgeStage): string | null {
  if (site === null || target.host !== site.zone.host) return null
  const { bare, query } = splitPath(target.path)
  if (query !== '') return null
  // From the question mark up to the character after it: a range of the index.
  const row = db
    .prepare<[number, string, string], { path: string }>(
      'SELECT path FROM pages WHERE zone_id = ? AND path >= ? AND path < ? LIMIT 1',
    )
    .get(site.zone.id, `${bare}?`, `${bare}@`)
  return row ? row.path.slice(bare.length) : null
}
