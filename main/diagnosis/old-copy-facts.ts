import type { Confidence, Fact, Remedy } from '#shared/diagnosis.ts'
import { fromHere } from './answers.ts'
import type { Copy } from './copies.ts'
import type { Derived } from './derive.ts'
import type { Evidence } from './evidence.ts'
import { letExpire, purgePath, purgeThis } from './remedies.ts'
import { at, fact, quoted, sentence, span } from './wording.ts'

/** A copy in the store of the nearest cache that is other than what the origin has. */
export function oldCopy({ copy, content }: Derived): Copy | null {
  return content.is === 'different' && copy?.stored !== false ? copy : null
}

/** A copy that is past its lifetime is given by design: that explains it better than what it was not replaced by. */
export function oldCopyConfidence({ copy, content, originFailure }: Derived): Confidence {
  if (copy === null || content.by === 'date' || (copy.stale !== null && originFailure !== null)) return 'likely'
  return copy.stored === true && copy.stale !== 'told' ? 'proven' : 'likely'
}

export const ORIGIN_WORDS = {
  manifest: "the live release's list of files",
  renderer: "the renderer's entry",
  s3: 'the object in the bucket',
  origin: 'the origin itself',
} as const

/** What every old copy rests on. */
export function oldCopyFacts({ origin, redirects, rule }: Evidence, { copy, content, changedAtMs, path }: Derived): Fact[] {
  const facts: Fact[] = []
  const [redirect] = redirects
  if (redirect !== undefined) {
    const by = rule === null ? '' : ` by the rule ${quoted(rule.from)} → ${quoted(rule.to)}`
    facts.push(
      fact(
        'edge',
        `The address redirects (${redirect.status})${by}; this is about where it leads, ${quoted(path)}.`,
        redirect.atMs,
      ),
    )
  }
  if (copy !== null) {
    const from = copy.answer === null ? 'history' : 'edge'
    const made =
      copy.madeAtMs === null
        ? `When the copy seen ${fromHere(copy.vantage)} was made is not told.`
        : `The copy seen ${fromHere(copy.vantage)} was made ${at(copy.madeAtMs)}.`
    facts.push(fact(from, made, copy.atMs))
    const lasts = copy.lifetime
    if (lasts) {
      const basis = lasts.basis === 'edge-policy' ? "by the edge's own rules" : 'as the headers claim'
      facts.push(fact('edge', `It lasts ${span(lasts.lifetimeSeconds)} ${basis}: ${quoted(lasts.rule)}.`, null))
    }
  }
  if (origin.basis !== 'none') {
    const what =
      content.is === 'different' ? 'differs from the copy' : content.is === 'same' ? 'is equal to the copy' : 'was not comparable'
    const by = content.by === 'date' ? ' by its date of change' : ''
    facts.push(
      fact(
        origin.basis === 'manifest' ? 'release' : origin.basis === 'renderer' ? 'renderer' : 'origin',
        `What ${ORIGIN_WORDS[origin.basis]} has ${what}${by}.`,
        origin.atMs,
      ),
    )
  }
  if (changedAtMs !== null)
    facts.push(fact('history', `The origin has its present page since ${at(changedAtMs)} at the earliest.`, changedAtMs))
  return facts
}

/** Why a purge that was sent did not help, and what would. */
export interface PurgeStory {
  /** Begins with a space, or is empty. */
  readonly clause: string
  readonly facts: readonly Fact[]
  readonly remedies: readonly Remedy[]
}

const NO_STORY: PurgeStory = { clause: '', facts: [], remedies: [] }

/** Tells of the newest purge that was meant for the page and did not help: sent too early, or by a tag that reaches nothing. */
export function purgeStory(evidence: Evidence, derived: Derived): PurgeStory {
  const { copy, purges, live, changedAtMs } = derived
  const [newest] = purges
  if (copy === null || newest === undefined) return NO_STORY
  const madeAtMs = copy.madeAtMs
  const done = fact(
    'history',
    `${quoted(newest.by)} purged ${newest.covering
      .slice(0, 3)
      .map((item) => quoted(item, 80))
      .join(', ')}; the edge confirmed it at ${at(newest.completedAtMs)}.`,
    newest.completedAtMs,
  )
  const again = purgeThis(evidence, derived)
  const remedies = again === null ? [] : [again]
  if (madeAtMs !== null ? newest.completedAtMs <= madeAtMs : live !== null && newest.completedAtMs < live.startedAtMs) {
    const switching = evidence.history.switching !== null
    // Without a deploy nothing says since when the origin is new, or whether all its servers are.
    const early = switching || live !== null || (changedAtMs !== null && changedAtMs >= newest.completedAtMs)
    const switched = switching ? ' while the switch was still under way' : ''
    return {
      clause: early
        ? ` It was purged too early, at ${at(newest.completedAtMs)}, before the origin was new${switched}: the edge fetched the old page again.`
        : ` The purge of ${at(newest.completedAtMs)} did not help: after it the edge fetched the old page again. Either the origin was not new by then, or one of its servers, or a cache between them, still has the old page.`,
      facts: [
        done,
        fact(
          'edge',
          madeAtMs === null
            ? 'The live release is newer than that purge.'
            : `The copy was made after that purge, at ${at(madeAtMs)}, and is old all the same.`,
          madeAtMs,
        ),
      ],
      remedies,
    }
  }
  const why = madeAtMs !== null && newest.sentAtMs > madeAtMs ? uselessTags(evidence, newest.covering) : null
  if (why === null) return NO_STORY
  const byPath = purgePath(evidence, derived.path, 'Purge this page by its path')
  return {
    clause: ` The purge of ${at(newest.completedAtMs)} named only tags and did not reach it: ${why}`,
    facts: [done, fact('settings', sentence(why))],
    remedies: byPath === null ? [] : [byPath],
  }
}

function uselessTags({ site, page }: Evidence, covering: readonly string[]): string | null {
  if (covering.length === 0 || !covering.every((item) => item.startsWith('#'))) return null
  const names = covering
    .slice(0, 3)
    .map((item) => quoted(item, 80))
    .join(', ')
  if (site !== null && !site.purgesTags) return `the distribution reads no tag header, so ${names} evicts nothing.`
  const stored = new Set(page?.tags.filter(({ header }) => header).map(({ tag }) => `#${tag}`.toLowerCase()))
  if (page === null || covering.some((item) => stored.has(item.toLowerCase()))) return null
  return `the edge stored this page without ${names} in its tag header; the tag stands in the HTML only.`
}

/** The usual ways out of an old copy. */
export function oldCopyRemedies(evidence: Evidence, derived: Derived, story: PurgeStory): (Remedy | null)[] {
  const first = story.remedies.length > 0 ? story.remedies : [purgeThis(evidence, derived)]
  return [...first, letExpire(derived, evidence.askedAtMs)]
}
