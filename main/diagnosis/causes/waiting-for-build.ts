import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence, KnownRelease } from '../evidence.ts'
import { isRefreshed } from '../origin-state.ts'
import { look, makeOriginNew } from '../remedies.ts'
import { at, cause, fact, quoted, releaseName } from '../wording.ts'

/** The origin itself is old: what is newer is not built, not refreshed or not published. A purge would store the old page again. */
export function waitingForBuild(evidence: Evidence, derived: Derived): Cause | null {
  const { pendingSinceMs, live, staged } = derived
  if (staged !== null && pendingSinceMs === null) return unpublished(evidence, staged, live)
  if (pendingSinceMs === null) return null
  const { origin, history, page } = evidence
  const mark = history.marks.find(({ sinceMs }) => sinceMs === pendingSinceMs)
  const startedAtMs =
    origin.basis === 'none' ? (page?.facts.originStartedAtMs ?? null) : (origin.startedAtMs ?? origin.lastModifiedMs)
  const refreshed = isRefreshed(evidence)
  const does = refreshed ? 'refresh' : 'build'
  const where = refreshed ? 'marked at the renderer' : 'told of'
  const what = mark
    ? `“${quoted(mark.what)}” (${quoted(mark.target)}), of ${at(pendingSinceMs)}`
    : `one ${where} at ${at(pendingSinceMs)}`
  const made = startedAtMs === null ? '' : ` of ${at(startedAtMs)}`
  const { build } = history
  const running = build?.state === 'running' ? ` A build is running since ${at(build.startedAtMs ?? evidence.askedAtMs)}.` : ''
  const publish = staged === null ? '' : ` The release ${releaseName(staged)} is built and not published.`
  return cause(
    'waiting-for-build',
    startedAtMs === null ? 'likely' : 'proven',
    `The page that the origin has${made} lacks a change: ${what}. It waits for a ${does}; a purge now would only store the old page again.${running}${publish}`,
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
