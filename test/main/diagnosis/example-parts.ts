import type { CauseId } from '#shared/diagnosis.ts'
import type { Evidence } from '#main/diagnosis/evidence.ts'
import { answered, edge, HOUR, hit, history, MINUTE, NEW, NOW, OLD, page, release } from '../../support/evidence.ts'

export interface Example {
  readonly cause: CauseId
  readonly title: string
  readonly evidence: Evidence
  readonly says: RegExp
  readonly notSays?: RegExp
  /** Much alike, and not this cause. */
  readonly near?: Evidence
}

export const day = 24 * HOUR
export const oldEdge = edge(answered(OLD, hit(2 * 3_600)))
export const live = release('r2', NOW - HOUR, NEW, { live: true })
export const before = release('r1', NOW - 5 * HOUR, OLD)
export const releases = history({ releases: [live, before] })
export const mark = { what: 'Menu changed', target: 'pb-menu:main', sinceMs: NOW - 90 * MINUTE, by: 'Ada' }
export const rendered = page({ servedAs: 'rendered', rendersOnDemand: true })
export const unasked = { basis: 'none', why: 'The site has no origin address.' } as const
export const rule = { from: '/menu/*', to: '/.functions/menu', status: 200 }
export const asset = (status: number) => ({
  kind: 'asset' as const,
  url: 'https://site.example/app.4f2.js',
  exchange: answered('sha256-asset', hit(60), { status }),
  originHash: null,
  inRelease: null,
})
