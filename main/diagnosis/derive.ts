import { browserFreshness, type BrowserFreshness } from '#shared/http-cache/browser-freshness.ts'
import { classify } from '#shared/http-cache/freshness.ts'
import { customerMade } from './answers.ts'
import { contentOf, type Content } from './content.ts'
import { copyAfter, copyOf, type Copy } from './copies.ts'
import type { CustomerCopy, Evidence, KnownPurge, KnownRelease } from './evidence.ts'
import { originFailure, originIsGone } from './origin-state.ts'

/** What several causes need, worked out once. Instants are Unix milliseconds. */
export interface Derived {
  /** The instant that the verdict is about. */
  readonly thenMs: number
  readonly isPast: boolean
  /** As an edge keys it: the path with its query. */
  readonly path: string
  /** What a visitor gets; null when nothing was answered or written down. */
  readonly copy: Copy | null
  /** What the edge holds after our check. */
  readonly after: Copy | null
  readonly content: Content
  readonly browser: BrowserFreshness | null
  readonly live: KnownRelease | null
  /** The release whose bytes the copy has, when that is not what the live one has. */
  readonly copyRelease: KnownRelease | null
  /** Since when the origin may have what it has: the begin of its render or build, so a lower bound. */
  readonly changedAtMs: number | null
  /** Hashes that the page had before the present one. */
  readonly oldHashes: ReadonlySet<string>
  /** How the origin fails, as a sentence; null when it does not, or nobody asked. */
  readonly originFailure: string | null
  readonly originGone: boolean
  /** The newest change that the origin's present copy does not have, when the origin waits for a build or a refresh. */
  readonly pendingSinceMs: number | null
  /** Purges that reach the page and were completed, the newest first. */
  readonly purges: readonly (KnownPurge & { readonly completedAtMs: number })[]
  readonly customer: Customer | null
  /** Somebody is known to have seen an old copy, whatever the edge has now. */
  readonly toldOld: boolean
}

export interface Customer {
  readonly copy: CustomerCopy
  /** Whether theirs is older than what visitors get now; null when that cannot be told. */
  readonly old: boolean | null
  /** At the latest. */
  readonly madeAtMs: number | null
  readonly browser: BrowserFreshness | null
}

export function derive(evidence: Evidence): Derived {
  const { history, page, edge, seenAtMs } = evidence
  const isPast = edge === null
  const thenMs = isPast && seenAtMs !== null ? seenAtMs : evidence.askedAtMs
  const copy = copyOf(evidence)
  const after = copyAfter(evidence)
  const content = contentOf(evidence, copy)
  const live = history.releases.find((release) => release.live) ?? null
  const changedAtMs = changedAt(evidence, live)
  const oldHashes = hashesBefore(evidence, live)
  const past = isPast && page !== null ? classify(page.facts, thenMs) : null
  const customer = customerOf(evidence, copy, content.is, changedAtMs)
  return {
    thenMs,
    isPast,
    path: pathOf(copy?.answer?.url ?? edge?.first.url ?? evidence.url),
    copy,
    after,
    content,
    browser: copy?.answer
      ? browserFreshness(copy.answer.headers, copy.atMs, copy.answer.cache.ageSeconds, copy.answer.status)
      : null,
    live,
    copyRelease: releaseOf(copy, evidence, live),
    changedAtMs,
    oldHashes,
    originFailure: originFailure(evidence),
    originGone: originIsGone(evidence, live),
    pendingSinceMs: pendingSince(evidence, content, thenMs),
    purges: history.purges.flatMap((purge) =>
      purge.state === 'completed' && purge.completedAtMs !== null && purge.covering.length > 0
        ? [{ ...purge, completedAtMs: purge.completedAtMs }]
        : [],
    ),
    customer,
    toldOld: customer?.old === true || (seenAtMs !== null && (past === null || past.content === 'superseded')),
  }
}

/** A page that the origin renders for every request is never behind; the renderer's entry may be. */
function pendingSince({ origin, page, history }: Evidence, content: Content, thenMs: number): number | null {
  if (origin.basis !== 'renderer' && page?.rendersOnDemand === true) return null
  // It was asked itself and has another page than the copy: what is written down of its age is of an earlier one.
  if (origin.basis === 'origin' && content.is === 'different') return null
  const known = origin.basis === 'none' ? page?.facts.originStartedAtMs : (origin.startedAtMs ?? origin.lastModifiedMs)
  const marks = history.marks.filter(({ sinceMs }) => sinceMs <= thenMs && (known == null || sinceMs > known))
  return marks.length === 0 ? null : Math.max(...marks.map(({ sinceMs }) => sinceMs))
}

export function pathOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed === null ? '/' : parsed.pathname + parsed.search
}

/** The first release of the unbroken row that ends in the live one and has this page as it is. */
function arrivedIn({ history }: Evidence, live: KnownRelease | null): KnownRelease | null {
  if (live === null || typeof live.hash !== 'string') return null
  let arrived = live
  for (const release of history.releases.slice(history.releases.indexOf(live) + 1)) {
    if (release.hash !== live.hash) break
    arrived = release
  }
  return arrived
}

function changedAt(evidence: Evidence, live: KnownRelease | null): number | null {
  const { origin, history } = evidence
  if (origin.basis === 's3') return origin.lastModifiedMs
  if (origin.basis === 'renderer') return origin.startedAtMs
  if (origin.basis === 'origin' && evidence.page?.rendersOnDemand === true) {
    return history.marks.find(({ sinceMs }) => sinceMs <= origin.atMs)?.sinceMs ?? origin.lastModifiedMs
  }
  const byRelease = arrivedIn(evidence, live)?.startedAtMs ?? null
  if (origin.basis === 'none') return byRelease
  return (
    byRelease ?? (origin.basis === 'origin' ? origin.lastModifiedMs : null) ?? origin.startedAtMs ?? live?.startedAtMs ?? null
  )
}

function hashesBefore({ history, page, origin }: Evidence, live: KnownRelease | null): ReadonlySet<string> {
  const now = new Set([live?.hash, origin.basis === 'none' ? null : origin.hash])
  const known = [
    ...history.releases.filter((release) => release !== live).map(({ hash }) => hash),
    ...history.looks.map(({ edgeHash }) => edgeHash),
    page?.facts.edgeHash,
  ]
  return new Set(known.filter((hash) => typeof hash === 'string' && !now.has(hash)).map(String))
}

function releaseOf(copy: Copy | null, { history, origin }: Evidence, live: KnownRelease | null): KnownRelease | null {
  if (copy === null || (typeof live?.hash === 'string' && copy.hashes.includes(live.hash))) return null
  if (origin.basis !== 'none' && origin.hash !== null && copy.hashes.includes(origin.hash)) return null
  const byId = copy.answer?.cache.deployId ?? null
  return (
    history.releases.find(({ hash }) => typeof hash === 'string' && copy.hashes.includes(hash)) ??
    history.releases.find((release) => release !== live && release.id === byId) ??
    null
  )
}

function customerOf(
  { customer }: Evidence,
  copy: Copy | null,
  content: Content['is'],
  changedAtMs: number | null,
): Customer | null {
  if (customer === null) return null
  const made = customerMade(customer)
  const browser =
    customer.atMs === null
      ? null
      : browserFreshness(customer.headers, customer.atMs, customer.cache.ageSeconds, customer.status ?? 200)
  const same = customer.bodyHash !== null && copy !== null ? copy.hashes.includes(customer.bodyHash) : null
  // What is the same as an old copy is as old.
  const bySame = same === true ? (content === 'different' ? true : content === 'same' ? false : null) : null
  const byTime =
    made === null || changedAtMs === null
      ? null
      : made.latestMs < changedAtMs
        ? true
        : made.earliestMs >= changedAtMs
          ? false
          : null
  return { copy: customer, old: bySame ?? (same === true ? null : byTime), madeAtMs: made?.latestMs ?? null, browser }
}
