import type { Clock } from '#main/platform/clock.ts'
import { readAddress } from './address.ts'
import type { Evidence, History, KnownPage, OriginEvidence } from './evidence.ts'
import { readHistory, readLater, type HistoryWorld } from './read-history.ts'
import { readPaste } from './read-paste.ts'
import { NO_SITE_POLICY, readPage, readSite, zonesIn, type SubjectPage, type SubjectSite, type SubjectWorld } from './subject.ts'

export interface RecallInput {
  readonly url: string
  readonly seenAtMs: number
  readonly customer: { readonly text: string } | null
}

export type RecallWorld = HistoryWorld & SubjectWorld & { readonly clock: Clock }

/** What is known of an address at an instant that is past. Asks nobody. Throws `BAD_INPUT`. */
export function recall(world: RecallWorld, input: RecallInput): Evidence {
  const nowMs = world.clock()
  const { seenAtMs } = input
  const address = readAddress(input.url, zonesIn(world.db, input.url))
  const target = { host: address.host, path: address.pathname + address.search }
  const site = readSite(world, target.host, target.path)
  const found = site === null ? null : readPage(world.db, site.zone, target.path)
  const history = readHistory(world, site, target, found?.page ?? null, seenAtMs, nowMs)
  const page = found === null ? null : pageThen(found, history, seenAtMs)
  return {
    url: address.href,
    askedAtMs: nowMs,
    seenAtMs,
    site: site?.about ?? null,
    page,
    edge: null,
    redirects: [],
    rule: null,
    origin: originThen(site, history, seenAtMs),
    originRedirect: null,
    policy: site?.policy ?? null,
    policyGap: site === null ? NO_SITE_POLICY : site.policyGap,
    variants: [],
    crawler: null,
    companions: [],
    history,
    ...(site === null ? {} : { later: readLater(world, site, target, found?.page ?? null, { fromMs: seenAtMs, toMs: nowMs }) }),
    customer: input.customer === null ? null : readPaste(input.customer.text, address.href, nowMs),
    gaps: gapsThen(site, page, history),
  }
}

function gapsThen(site: SubjectSite | null, page: KnownPage | null, history: History): string[] {
  const gaps = [
    'This is from what was written down by then: an instant that is past cannot be asked about at the edge or the origin.',
  ]
  if (site === null) gaps.push('The address belongs to no registered site, so nothing was written down about it.')
  else if (page === null) gaps.push('The page is not in the list, so no check has looked at it.')
  else if (history.looks.length === 0 && page.facts.observedAtMs === null) gaps.push('No check had looked at the page by then.')
  return gaps
}

function originThen(site: SubjectSite | null, { releases }: History, seenAtMs: number): OriginEvidence {
  const live = releases.find((release) => release.live)
  if (site === null || live === undefined) return { basis: 'none', why: 'Which release was live then is not known.' }
  if (live.hash === undefined)
    return { basis: 'none', why: `What the release ${live.title ?? live.id} consists of is not kept any more.` }
  if (live.hash === null)
    return { basis: 'none', why: `The release ${live.title ?? live.id}, which was live then, has no file for this path.` }
  return {
    basis: 'manifest',
    atMs: seenAtMs,
    status: 200,
    hash: live.hash,
    steady: false,
    sameAsEdge: null,
    etag: null,
    lastModifiedMs: null,
    startedAtMs: live.startedAtMs,
    tags: [],
    exchange: null,
  }
}

/** The page as the last look before an instant found it: a row is written when something changed, and holds until the next. */
function pageThen({ page, row }: SubjectPage, history: History, thenMs: number): KnownPage {
  const live = history.releases.find((release) => release.live)
  const purgedAtMs = history.purges.find(
    ({ covering, completedAtMs }) => covering.length > 0 && completedAtMs !== null,
  )?.completedAtMs
  const told = {
    purgedAtMs: purgedAtMs ?? null,
    changedSinceMs: history.marks[0]?.sinceMs ?? null,
    originHash: live?.hash ?? null,
    originStartedAtMs: live?.startedAtMs ?? null,
    stagedHash: null,
  }
  // Nothing has looked since then: the row itself is the look before that instant.
  if (row.observed_at !== null && row.observed_at <= thenMs && (row.failed_at ?? 0) <= thenMs) {
    return { ...page, facts: { ...page.facts, ...told } }
  }
  const [look] = history.looks
  const answered = history.looks.find(({ failure }) => failure === null)
  const none = { observedAtMs: null, failedAtMs: look?.failure ? look.atMs : null, status: null, stored: null }
  const copy = { freshUntilMs: null, staleUntilMs: null, copyMadeAtMs: null, edgeHash: null }
  if (answered === undefined) return { ...page, facts: { ...page.facts, ...none, ...copy, ...told } }
  // How long it was to last was not written down, only that it did at that look, and nothing else was seen up to then.
  const untilMs = { 'in-date': [thenMs + 1, thenMs + 1], 'stale-allowed': [answered.atMs, thenMs + 1] }[
    answered.ageClass ?? ''
  ] ?? [answered.atMs, answered.atMs]
  const [freshUntilMs = null, staleUntilMs = null] = untilMs
  const stored =
    answered.stored === 'stored' || answered.stored === 'not-stored' || answered.stored === 'asks-always' ? answered.stored : null
  return {
    ...page,
    facts: {
      ...page.facts,
      observedAtMs: answered.atMs,
      failedAtMs: look?.failure ? look.atMs : null,
      status: answered.status,
      stored,
      freshUntilMs,
      staleUntilMs,
      copyMadeAtMs: null,
      edgeHash: answered.edgeHash,
      ...told,
    },
  }
}
