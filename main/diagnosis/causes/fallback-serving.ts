import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { makeOriginNew } from '../remedies.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** Targets of a rule that are functions, by the vendors' customs. */
const FUNCTION = /^\/(\.functions|\.netlify\/(functions|builders)|api|_functions)\//

/** No file was built for the page yet; a function renders it in the meantime. */
export function fallbackServing(evidence: Evidence, { live, copy }: Derived): Cause | null {
  const { page, rule, history, site } = evidence
  if (site === null || (copy?.status ?? 200) >= 400) return null
  // A rule for one path alone is a page that a function always shows: no build ever has a file for it.
  const isForMany = rule !== null && /[*:]/.test(rule.from)
  const rewrites = rule !== null && isForMany && rule.status === 200 && FUNCTION.test(rule.to)
  const known = page?.servedAs === 'fallback'
  if (!known && !(rewrites && page?.servedAs !== 'rendered' && page?.servedAs !== 'static')) return null
  // It has been built since the page was looked at.
  if (typeof live?.hash === 'string') return null
  const { build } = history
  const building =
    build?.state === 'running'
      ? ` The build “${quoted(build.title, 80)}” is running and replaces it${build.expectedEndMs === null ? '' : `, at about ${at(build.expectedEndMs)}`}.`
      : build?.state === 'queued'
        ? ` The build “${quoted(build.title, 80)}” is waiting and will replace it${build.startsAtMs === null ? '' : `; it starts at ${at(build.startsAtMs)}`}.`
        : ' It stays so until the next build.'
  const sure = rewrites && (known || live?.hash === null)
  return cause(
    'fallback-serving',
    sure ? 'proven' : 'likely',
    `The page is not built yet: a function renders it in the meantime.${building}`,
    [
      rule === null
        ? null
        : fact(
            'release',
            `No file of the live release matches; the rule ${quoted(rule.from)} → ${quoted(rule.to)} answers with ${rule.status}.`,
          ),
      known ? fact('history', 'The page is listed as shown by the fallback.', page.facts.observedAtMs) : null,
      live?.hash === null ? fact('release', 'The live release has no file for this path.', live.startedAtMs) : null,
    ],
    [makeOriginNew(evidence, evidence.askedAtMs)],
  )
}
