import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence, KnownRelease } from '../evidence.ts'
import { look, makeOriginNew } from '../remedies.ts'
import { at, cause, fact, quoted, releaseName } from '../wording.ts'

/** The origin itself is old: what is newer is not built, not refreshed or not published. A purge would store the old page again. */
export function waitingForBuild(evidence: Evidence, derived: Derived): Cause | null {
  const { pendingSinceMs, live } = derived
  const staged = stagedRelease(evidence, live)
  if (staged !== null && pendingSinceMs === null) return unpublished(evidence, staged, live)
  if (pendingSinceMs === null) return null
  const { origin, history, page } = evidence
  const mark = history.marks.find(({ sinceMs }) => sinceMs === pendingSinceMs)
  const startedAtMs =
    origin.basis === 'none' ? (page?.facts.originStartedAtMs ?? null) : (origin.startedAtMs ?? origin.lastModifiedMs)
  const does = origin.basis === 'renderer' ? 'refresh' : 'build'
  const what = mark ? `${quoted(mark.what)} (${quoted(mark.target)})` : 'A change'
  const since = startedAtMs === null ? 'of which it is not known when it was made' : `which is from ${at(startedAtMs)}`
  const { build } = history
  const running = build?.state === 'running' ? ` A build is running since ${at(build.startedAtMs ?? evidence.askedAtMs)}.` : ''
  const publish = staged === null ? '' : ` The release ${releaseName(staged)} is built and not published.`
  return cause(
    'waiting-for-build',
    startedAtMs === null ? 'likely' : 'proven',
    `${what} changed at ${at(pendingSinceMs)} and is not in what the origin has, ${since}. It waits for a ${does}; a purge now would only store the old page again.${running}${publish}`,
    [
      mark ? fact('history', `${quoted(mark.by)} told of the change of ${quoted(mark.target)}.`, mark.sinceMs) : null,
      startedAtMs === null
        ? null
        : fact(
            origin.basis === 'renderer' ? 'renderer' : 'release',
            `What the origin has was begun at ${at(startedAtMs)}.`,
            startedAtMs,
          ),
      build === null ? null : fact('history', `The build “${quoted(build.title, 80)}” is ${build.state}.`, build.startedAtMs),
    ],
    [staged === null ? makeOriginNew(evidence, evidence.askedAtMs) : publishIt(staged)],
  )
}

/** The newest release that is built, has another page and is not what visitors get. */
function stagedRelease({ history }: Evidence, live: KnownRelease | null): KnownRelease | null {
  if (live === null || live.hash === undefined) return null
  return (
    history.releases.find(
      ({ published, hash, startedAtMs }) =>
        !published && typeof hash === 'string' && hash !== live.hash && startedAtMs > live.startedAtMs,
    ) ?? null
  )
}

const publishIt = (staged: KnownRelease) => look(`Publish the release ${releaseName(staged)} in Builds, then purge what changed`)

function unpublished({ history }: Evidence, staged: KnownRelease, live: KnownRelease | null): Cause {
  const name = releaseName(staged)
  return cause(
    'waiting-for-build',
    'proven',
    `A newer page is built, in the release ${name} of ${at(staged.startedAtMs)}, and not published: visitors get ${live === null ? 'an earlier one' : releaseName(live)}. A purge would only store the old page again.`,
    [
      fact('release', `The release ${name} has another page for this path than the live one.`, staged.startedAtMs),
      history.switching === null ? null : fact('history', 'A switch is under way.', history.switching.startedAtMs),
    ],
    [publishIt(staged)],
  )
}
