import type { Verdict } from '#shared/diagnosis.ts'
import type { Derived } from './derive.ts'
import type { Evidence, KnownPurge } from './evidence.ts'
import { at, quoted, releaseName } from './wording.ts'

const BACK_MS = 30 * 86_400_000
const MOST = 20

/** Purges, builds and switches since the change, with what came after an instant that was asked about. The newest first. */
export function doneSince({ history, later }: Evidence, { changedAtMs, pendingSinceMs, thenMs }: Derived): Verdict['done'] {
  const known = [changedAtMs, pendingSinceMs].filter((atMs) => atMs !== null)
  const sinceMs = known.length > 0 ? Math.min(...known) : thenMs - BACK_MS
  const { switching, build } = history
  const entries = [
    ...[...(later?.purges ?? []), ...history.purges].map((purge) => ({ atMs: purge.sentAtMs, says: purgeSays(purge) })),
    ...[...(later?.releases ?? []), ...history.releases].map((release) => ({
      atMs: release.startedAtMs,
      says: `Built ${releaseName(release)}${release.live ? ', which is live' : release.published ? '' : ', which is not published'}`,
    })),
    ...(switching === null
      ? []
      : [{ atMs: switching.startedAtMs, says: `Switch to ${quoted(switching.toRelease, 60)} begun; not everywhere yet` }]),
    ...(build?.startedAtMs == null
      ? []
      : [{ atMs: build.startedAtMs, says: `Build “${quoted(build.title, 80)}”: ${build.state}` }]),
  ]
  return entries
    .filter(({ atMs }) => atMs >= sinceMs)
    .sort((a, b) => b.atMs - a.atMs)
    .slice(0, MOST)
}

function purgeSays({ by, state, covering, nearMisses, completedAtMs }: KnownPurge): string {
  const reaches = covering.length > 0
  const items = (reaches ? covering : nearMisses)
    .slice(0, 3)
    .map((item) => quoted(item, 80))
    .join(', ')
  const missed = reaches ? '' : ', which does not reach this spelling of the page'
  const ended = {
    intent: 'not sent yet',
    sent: 'not confirmed yet',
    refused: 'refused',
    completed: completedAtMs === null ? 'confirmed' : `confirmed at ${at(completedAtMs)}`,
  }[state]
  return `${quoted(by)} purged ${items}${missed}: ${ended}`
}
