import type { Remedy } from '#shared/diagnosis.ts'
import type { Derived } from './derive.ts'
import type { Evidence } from './evidence.ts'
import { isRefreshed } from './origin-state.ts'
import { at, counted, quoted, span } from './wording.ts'

/** What a purge of this page costs and reaches; null where no purge can be sent from here. */
export function purgeThis(evidence: Evidence, { path }: Derived): Remedy | null {
  return purgePath(evidence, path, 'Purge this page')
}

export function purgePath({ site }: Evidence, path: string, what: string): Remedy | null {
  if (site === null) return { kind: 'look', says: 'Ask whoever runs this site to purge the page: it is no registered site here' }
  if (!site.purgesPaths) return { kind: 'look', says: 'This edge purges no paths: let the copy expire, or purge by tag' }
  const zones = site.otherZones === 0 ? '' : `; it reaches the same path in ${counted(site.otherZones, 'other zone')} as well`
  return { kind: 'purge', says: `${what}: 1 item${zones}`, lines: [path] }
}

export function waitUntil(untilMs: number | null, nowMs: number, what: string): Remedy {
  if (untilMs === null) return { kind: 'wait', says: `Wait ${what}`, untilMs: null }
  const seconds = Math.ceil((untilMs - nowMs) / 1_000)
  return seconds > 0
    ? { kind: 'wait', says: `Wait ${span(seconds)} ${what}`, untilMs }
    : { kind: 'check-again', says: `Check again: it should be over ${what}` }
}

/** What makes the origin new. */
export function makeOriginNew(evidence: Evidence, nowMs: number): Remedy {
  const { site, page, history } = evidence
  if (isRefreshed(evidence) && page !== null) {
    return { kind: 'refresh', says: 'Refresh this page at the renderer: 1 render, then purge 1 item', pageId: page.id }
  }
  const { build } = history
  if (build?.state === 'running' || build?.state === 'queued') {
    return waitUntil(
      build.expectedEndMs,
      nowMs,
      build.state === 'running' ? 'until the build ends' : 'until the waiting build ends',
    )
  }
  if (site?.hasBuilder !== true) return { kind: 'look', says: 'Build the site where it is built: no builder is connected here' }
  const takes = site.typicalBuildMs === null ? '' : `: about ${span(site.typicalBuildMs / 1_000)}`
  return { kind: 'build', says: `Rebuild${takes}, then purge what changed` }
}

export function sendHeader(header: string, value: string, why: string): Remedy {
  return { kind: 'fix-header', says: `Send ${header}: ${value} (${why})`, header, value }
}

export const nothingToDo = (says = 'Nothing is wrong'): Remedy => ({ kind: 'nothing', says })
export const checkAgain = (says = 'Check again'): Remedy => ({ kind: 'check-again', says })
export const reload = (says = 'Reload the page in the browser: free'): Remedy => ({ kind: 'reload-browser', says })
export const look = (says: string): Remedy => ({ kind: 'look', says })

/** What the asked address may have been meant for. */
export function didYouMean({ similar = [] }: Evidence): Remedy | null {
  return similar.length === 0 ? null : look(`Did you mean ${similar.map((address) => quoted(address)).join(' or ')}?`)
}

/** Until when the copy goes on being given from here, as a wait; null when that is not known. */
export function letExpire({ copy }: Derived, nowMs: number): Remedy | null {
  const lasts = copy?.lifetime
  if (!lasts || copy?.madeAtMs == null || lasts.heuristic || lasts.lifetimeSeconds === 0) return null
  const untilMs = copy.madeAtMs + lasts.lifetimeSeconds * 1_000
  return untilMs <= nowMs ? null : { kind: 'wait', says: `Let it expire at ${at(untilMs)}: free`, untilMs }
}
