import type { Cause } from '#shared/diagnosis.ts'
import { isStored, madeAt } from '../answers.ts'
import { pathOf, type Derived } from '../derive.ts'
import type { Answered, Evidence } from '../evidence.ts'
import { letExpire, purgePath } from '../remedies.ts'
import { answeredCopy } from '../copies.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** The page is right or of no concern: the redirect that leads to it is an old one. */
export function redirectOld(evidence: Evidence, derived: Derived): Cause | null {
  const { redirects, originRedirect, rule, policy } = evidence
  const [atEdge] = redirects
  if (atEdge === undefined || originRedirect === null || originRedirect.status >= 400) return null
  const hosts = [atEdge.url, originRedirect.url].map((url) => URL.parse(url)?.host)
  const [target, atEdgeTarget] = [targetOf(originRedirect, hosts), targetOf(atEdge, hosts)]
  if (target === atEdgeTarget && kindOf(originRedirect) === kindOf(atEdge)) return null
  const stored = isStored(atEdge.cache)
  const madeAtMs = madeAt(atEdge)
  const since = stored === true && madeAtMs !== null ? ` since ${at(madeAtMs)}` : ''
  const now = target === null ? 'has a page there and redirects no more' : `redirects to ${quoted(target)}`
  const from = quoted(pathOf(evidence.url))
  const copy = answeredCopy(atEdge, policy)
  return cause(
    'redirect-old',
    stored === true ? 'proven' : stored === null ? 'likely' : 'possible',
    `Not the page, but the redirect is old: the edge leads from ${from} to ${quoted(atEdgeTarget ?? 'nowhere')}${since}; the origin ${now}.`,
    [
      fact('edge', `Status ${atEdge.status} to ${quoted(atEdge.location ?? 'no address')}.`, atEdge.atMs),
      fact(
        'origin',
        `Status ${originRedirect.status}${originRedirect.location === null ? '' : ` to ${quoted(originRedirect.location)}`}.`,
        originRedirect.atMs,
      ),
      rule === null
        ? null
        : fact('release', `The rule that answers this path is ${quoted(rule.from)} → ${quoted(rule.to)} (${rule.status}).`),
    ],
    [
      purgePath(evidence, pathOf(atEdge.url), 'Purge the address of the redirect, not its target'),
      letExpire({ ...derived, copy }, evidence.askedAtMs),
      atEdge.status === 301 || atEdge.status === 308
        ? {
            kind: 'look',
            says: `Browsers keep a ${atEdge.status} for long and no purge reaches them: open the address in a private window to see it`,
          }
        : null,
    ],
  )
}

/** Where a redirect leads: the host counts only when it is none of those that were asked. */
function targetOf({ location, url }: Answered, hosts: readonly (string | undefined)[]): string | null {
  if (location === null) return null
  const to = URL.parse(location, url)
  if (to === null) return location
  return hosts.includes(to.host) ? to.pathname + to.search : to.href
}

const kindOf = ({ status }: Answered): boolean => status >= 300 && status < 400
