import { Link } from 'react-router'
import type { Home } from '#shared/home.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { countOf, formatCount, formatDuration } from '#renderer/ui/format.ts'
import { TimeAgo, TimeUntil } from '#renderer/ui/time-text.tsx'
import classes from './home.module.css'

/** What visitors get right now, in one breath; every number is the core's. */
export function TruthSentence({ home }: { readonly home: Home }) {
  return (
    <p className={classes.truth} role="status" aria-label="What visitors get">
      <Release home={home} /> <OldCopies home={home} /> <Waiting home={home} />
    </p>
  )
}

function Release({ home: { release, build } }: { readonly home: Home }) {
  const { pinned } = useSite()
  if (release === null)
    return (
      <>
        {build.possible ? 'No release has been seen yet.' : 'Which release visitors get is not told: there is no build service.'}
      </>
    )
  return (
    <>
      Visitors get release <strong>{release.id}</strong>
      {release.title !== null && ` “${release.title}”`} (built <TimeAgo atMs={release.builtAtMs} />)
      {pinned !== null &&
        `, and the site is pinned to ${pinned.id === release.id ? 'it' : pinned.id}: new builds stay unpublished`}
      .
    </>
  )
}

function OldCopies({ home: { oldCopies, pages, oldSeenFrom, neverChecked } }: { readonly home: Home }) {
  if (pages === 0) return <>No pages are known yet.</>
  const of = `of ${countOf(pages, 'page')}`
  const unseen = neverChecked === 0 ? '' : ` ${formatCount(neverChecked)} ${neverChecked === 1 ? 'was' : 'were'} never checked.`
  if (oldCopies === 0) {
    return (
      <>
        None {of} is known to be an old copy at the edge.{unseen}
      </>
    )
  }
  return (
    <>
      <Link to="/pages?freshness=outdated" className={classes.old}>
        {formatCount(oldCopies)} {of}
      </Link>{' '}
      {oldCopies === 1 ? 'is an old copy' : 'are old copies'} at the edge
      {oldSeenFrom.length > 0 && ` (seen from ${oldSeenFrom.join(', ')})`}.{unseen}
    </>
  )
}

function Waiting({ home: { changesWaiting, stagedReleaseId, build } }: { readonly home: Home }) {
  const waiting =
    changesWaiting > 0
      ? `${countOf(changesWaiting, 'change is', 'changes are')} waiting`
      : stagedReleaseId === null
        ? 'No marked change is waiting'
        : 'No marked change waits for a build'
  return (
    <>
      {waiting}
      <span aria-live="off">
        {build.running !== null && <Running startedAtMs={build.running.startedAtMs} usualMs={build.usualMs} />}
        {build.nextStartsAtMs !== null && (
          <>
            ; next build <TimeUntil atMs={build.nextStartsAtMs} />
          </>
        )}
      </span>
      .{stagedReleaseId !== null && ` Release ${stagedReleaseId} is built and waits to be published.`}
    </>
  )
}

/** "a build is running (about 20 s left)", as far as its begin and the usual time are known. */
function Running({ startedAtMs, usualMs }: { readonly startedAtMs: number | null; readonly usualMs: number | null }) {
  const nowMs = useNow()
  if (startedAtMs === null || usualMs === null) return <>; a build is running</>
  const leftMs = startedAtMs + usualMs - nowMs
  return leftMs < 500 ? (
    <>; a build is running, longer than usual</>
  ) : (
    <>; a build is running (about {formatDuration(leftMs)} left)</>
  )
}
