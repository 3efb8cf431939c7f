import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'
import type { Distribution } from '#main/providers/edge.ts'
import type { Seen } from './confirmed-copy.ts'
import type { Inspector, PageToCheck } from './inspect-page.ts'
import { inTurn, type Paces } from './paced-site.ts'
import type { WriteTags } from './store-observations.ts'

/** What the composition root hands to checks. */
export interface CheckContext {
  readonly db: Raw
  readonly clock: Clock
  readonly paces: Paces
  get: Inspector['get']
  /**
   * The origin's body hash for a page, or null when it cannot be had. A page that differs only in what changes at every
   * render is the same page: then it is the hash of the edge's body.
   */
  originHash(
    originUrl: string,
    page: PageToCheck,
    edge: Seen,
    volatileSelectors: readonly string[],
    signal: AbortSignal,
  ): Promise<string | null>
  policyFor(distribution: Distribution, path: string): EdgePolicy | null
  tagWriter(db: Raw, siteId: string): WriteTags
  /** Ends the marks whose change visitors have; called once, when what was found is stored: it looks at all pages of a mark. */
  endMarks(db: Raw, siteId: string, nowMs: number): void
}

/** Asks a site's edge and origin in the turns of the site. `paused`: the site has asked for a pause. */
export function createInspector(context: CheckContext, siteId: string, paused: () => void): Inspector {
  const row = context.db
    .prepare<[string], { edge_json: string | null; settings_json: string }>(
      'SELECT edge_json, settings_json FROM sites WHERE id = ?',
    )
    .get(siteId)
  const distribution = row?.edge_json ? (JSON.parse(row.edge_json) as Distribution) : null
  const { originUrl, volatileSelectors = [] } = JSON.parse(row?.settings_json ?? '{}') as {
    originUrl?: string | null
    volatileSelectors?: string[]
  }
  const pace = context.paces.of(siteId)
  return {
    get: (url, signal, condition) => inTurn(pace, context.clock, signal, paused, () => context.get(url, signal, condition)),
    policyFor: (path) => (distribution ? context.policyFor(distribution, path) : null),
    tagHeader: distribution?.capabilities.tagHeader ?? null,
    async originHash(page, edge, signal) {
      if (!originUrl) return null
      const turn = pace.turn(signal)
      if (turn) await turn
      try {
        return await context.originHash(originUrl, page, edge, volatileSelectors, signal)
      } finally {
        pace.done()
      }
    },
  }
}
