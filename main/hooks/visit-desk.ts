import * as z from 'zod'
import type { Clock } from '#main/platform/clock.ts'
import type { Reply, RequestHead, Wanted } from '#main/platform/http-receiver.ts'
import { createRate } from './rate.ts'

/** A site whose pages report visits, by the key in their snippet, and the hosts that they may come from. */
export interface VisitSite {
  readonly siteId: string
  readonly key: string
  readonly hosts: readonly string[]
}

/** One page that somebody looks at. `stamp`: the build or render that the visitor's copy says it is from. */
export interface Visit {
  readonly siteId: string
  readonly host: string
  readonly path: string
  readonly stamp: string | null
  readonly atMs: number
  readonly visits: number
  /** It came from a host that is none of the site's zones. */
  readonly foreign?: true
}

export interface Visits {
  add(visit: Omit<Visit, 'visits'>): void
}

const MAX_BYTES = 2_048
const PER_SECOND = 500
const MOST_OF_HOST = 253
const Report = z.object({
  path: z
    .string()
    .min(1)
    .max(1_500)
    .startsWith('/')
    .regex(/^[\x21-\x7e]+$/),
  stamp: z.string().max(100).nullable().default(null),
})

/** Answers the reports of pages. Anybody can send one, so they are small, limited, and only ever a reason to look. */
export function createVisitDesk(
  clock: Clock,
  visits: Visits,
): { know(sites: readonly VisitSite[]): void; begin(key: string, head: RequestHead): Reply | Wanted | null } {
  const rate = createRate(PER_SECOND, PER_SECOND * 2)
  let byKey = new Map<string, VisitSite>()
  return {
    know(sites) {
      byKey = new Map(sites.map((site) => [site.key, site]))
    },
    begin(key, { method, headers }) {
      const site = byKey.get(key)
      if (!site) return null
      const origin = headers.get('origin') ?? ''
      const host = URL.parse(origin)?.host ?? ''
      if (!site.hosts.includes(host)) {
        if (method === 'POST' && host !== '')
          visits.add({
            siteId: site.siteId,
            host: host.slice(0, MOST_OF_HOST),
            path: '',
            stamp: null,
            atMs: clock(),
            foreign: true,
          })
        return { status: 403, body: 'Only pages of this site report here\n' }
      }
      const cors = { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' }
      if (method === 'OPTIONS')
        return {
          status: 204,
          headers: {
            ...cors,
            'Access-Control-Allow-Methods': 'POST',
            'Access-Control-Allow-Headers': 'content-type',
            'Access-Control-Max-Age': '7200',
          },
        }
      if (method !== 'POST') return { status: 405, headers: { ...cors, Allow: 'POST' } }
      const waitSeconds = rate.take(site.siteId, clock())
      if (waitSeconds > 0) return { status: 429, headers: { ...cors, 'Retry-After': String(waitSeconds) } }
      return {
        maxBytes: MAX_BYTES,
        answer(body) {
          const report = Report.safeParse(parsed(body))
          if (!report.success) return { status: 400, headers: cors, body: 'A visit is {"path": "/…", "stamp": "…"}\n' }
          visits.add({ siteId: site.siteId, host, ...report.data, atMs: clock() })
          return { status: 204, headers: cors }
        },
      }
    },
  }
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return null
  }
}
