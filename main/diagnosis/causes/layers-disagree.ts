import type { Cause } from '#shared/diagnosis.ts'
import type { CacheHop } from '#shared/http-cache/cache-answer.ts'
import { isStored, madeAt, sameBody } from '../answers.ts'
import type { Derived } from '../derive.ts'
import { wasAnswered, type Answered, type Evidence } from '../evidence.ts'
import { oldCopyFacts } from '../old-copy-facts.ts'
import { checkAgain, look, purgeThis } from '../remedies.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** Several caches stand in a row, or side by side, and do not have the same page. */
export function layersDisagree(evidence: Evidence, derived: Derived): Cause | null {
  const answer = derived.copy?.answer
  if (!answer || answer.status >= 400) return null
  return behind(evidence, derived, answer) ?? beside(evidence, derived, answer) ?? changedOnTheWay(evidence, derived, answer)
}

const VENDORS: Readonly<Record<string, string>> = { unknown: 'a cache', cloudfront: 'CloudFront', nginx: 'nginx' }

function nameOf({ vendor, name }: CacheHop): string {
  return name === null ? (VENDORS[vendor] ?? `${vendor.slice(0, 1).toUpperCase()}${vendor.slice(1)}`) : quoted(name, 60)
}

/** The nearest cache asked, and one behind it gave an old copy: a shield, a durable store. */
function behind(evidence: Evidence, derived: Derived, answer: Answered): Cause | null {
  const { content } = derived
  const { hops, shield } = answer.cache
  const nearest = hops.at(-1)
  const inner = hops.slice(0, -1).findLast(({ state }) => state === 'hit' || state === 'stale')
  const asked =
    nearest !== undefined && (nearest.state === 'miss' || nearest.state === 'bypass' || nearest.state === 'revalidated')
  const aged = (answer.cache.ageSeconds ?? 0) > 0
  if (!asked || (inner === undefined && !aged) || content.is === 'same') return null
  if (content.is === null && inner?.state !== 'stale') return null
  const name = inner ? nameOf(inner) : shield === null ? 'a cache behind it' : `its shield ${quoted(shield, 60)}`
  return cause(
    'layers-disagree',
    content.is === 'different' ? 'proven' : 'possible',
    `Two caches do not agree: ${nameOf(nearest)} had no copy of its own and asked, and ${name} behind it answered with an old one.`,
    [
      ...hops.slice(-4).map((hop) => fact('edge', `${nameOf(hop)}: ${hop.state} (${quoted(hop.evidence, 120)}).`, answer.atMs)),
      ...oldCopyFacts(evidence, derived),
    ],
    [purgeThis(evidence, derived), look(`Purge ${name} as well, first: the nearer cache would fetch the old page from it again`)],
  )
}

/** Two answers for the same address, one after the other, from stores that differ. */
function beside({ edge, site }: Evidence, { content }: Derived, answer: Answered): Cause | null {
  const again = edge?.again ?? null
  if (!wasAnswered(again) || again === answer || again.status !== answer.status || sameBody(again, answer)) return null
  const madeAtMs = madeAt(again)
  // Made before the first answer came, so that this one did not fill it.
  const older = isStored(again.cache) === true && madeAtMs !== null && madeAtMs < answer.sentAtMs - 1_000
  if (!older || content.is === null) return null
  return cause(
    'layers-disagree',
    'likely',
    `Two visits one after the other got different pages: the second came from a copy of ${at(madeAtMs)} that the first did not show. Several caches answer for this address, each with a store of its own.`,
    [fact('edge', `First: ${answer.cache.state}, then ${again.cache.state} from a copy of ${at(madeAtMs)}.`, again.atMs)],
    [
      checkAgain('Check again a few times: the answers alternate'),
      look(
        site === null ? 'Ask whoever runs the site how many caches it has' : 'Purge every cache that answers for this address',
      ),
    ],
  )
}

/** Fetched just now, and yet not what the release or the bucket has. */
function changedOnTheWay(evidence: Evidence, derived: Derived, answer: Answered): Cause | null {
  const { copy, content } = derived
  if (content.is !== 'different' || copy?.stored !== false || evidence.history.switching !== null) return null
  return cause(
    'layers-disagree',
    'possible',
    'The edge fetched the page just now, and it is not what the origin is known to have: something between them answers from a copy, changes pages on their way, or fetches another release.',
    [fact('edge', `The answer was a ${answer.cache.state}.`, answer.atMs), ...oldCopyFacts(evidence, derived)],
    [look('Look which release the edge fetches from, and whether something rewrites pages on the way'), checkAgain()],
  )
}
