import type { ChangeCounts, Deploy, Pin, Switch } from '#shared/deploys.ts'
import type { KnownRelease } from './known-releases.ts'
import { forwardRelease } from './known-releases.ts'
import type { StoredPin } from './pins.ts'
import type { StoredSwitch } from './switch-store.ts'

interface Circumstances {
  readonly live: string | null
  readonly pin: StoredPin | null
  readonly counts: ReadonlyMap<string, ChangeCounts>
  /** Whether the edge of this site can be pointed at a release at all. */
  readonly switches: boolean
}

/** Releases as a panel shows them. */
export function toDeploys(releases: readonly KnownRelease[], about: Circumstances): Deploy[] {
  return releases.map((release): Deploy => {
    const { remote } = release
    return {
      releaseId: release.id,
      buildId: release.buildId,
      title: release.title,
      state: release.id === about.live ? 'live' : release.published ? 'published' : 'unpublished',
      pinned: release.id === about.pin?.releaseId,
      causes: [...release.causes],
      builtAtMs: release.builtAtMs,
      publishedAtMs: remote.release?.publishedAtMs ?? null,
      durationMs: remote.startedAtMs !== null && remote.endedAtMs !== null ? remote.endedAtMs - remote.startedAtMs : null,
      hasLog: remote.logUrl !== null,
      changes: about.counts.get(release.id) ?? null,
      fixed: whyFixed(release, about),
    }
  })
}

/** Why visitors cannot be given this release from here; null when they can. */
export function whyFixed(release: KnownRelease, about: Pick<Circumstances, 'live' | 'switches'>): string | null {
  if (release.id === about.live) return 'Visitors get this release.'
  if (!about.switches) return 'The edge of this site cannot be pointed at another release from here.'
  if (release.originPath === null) return 'The build service does not say where this release lies at the origin.'
  return null
}

export function toPin(pin: StoredPin, live: string | null, releases: readonly KnownRelease[], switching: boolean): Pin {
  const forward = forwardRelease(releases, pin.sinceMs)
  return {
    release: { id: pin.releaseId, title: pin.title },
    sinceMs: pin.sinceMs,
    by: pin.by,
    overruledBy: live === null || live === pin.releaseId || switching ? null : named(releases, live),
    forward: forward === undefined || forward.id === pin.releaseId ? null : { id: forward.id, title: forward.title },
  }
}

export function toSwitch(stored: StoredSwitch, releases: readonly KnownRelease[]): Switch {
  return {
    id: stored.id,
    state: stored.state,
    from: stored.from === null ? null : named(releases, stored.from),
    to: named(releases, stored.to),
    pins: stored.pin !== null,
    purges: stored.purges,
    by: stored.by,
    startedAtMs: stored.startedAtMs,
    switchedAtMs: stored.switchedAtMs,
    deployedAtMs: stored.deployedAtMs,
    endedAtMs: stored.endedAtMs,
    planId: stored.planId,
    message: stored.message,
  }
}

/** A release that is too old to be listed is called by its id. */
export function named(releases: readonly KnownRelease[], id: string): { id: string; title: string } {
  return { id, title: releases.find((release) => release.id === id)?.title ?? id }
}

/** The middle one of the measured times, which one odd switch does not move. Null without any. Milliseconds. */
export function usualTime(measured: readonly number[]): { usualMs: number | null; measured: number } {
  const sorted = [...measured].sort((a, b) => a - b)
  return { usualMs: sorted[Math.floor(sorted.length / 2)] ?? null, measured: sorted.length }
}
