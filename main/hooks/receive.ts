import type { SourceKind, SourceSettings } from '#shared/hook-sources.ts'
import type { Clock } from '#main/platform/clock.ts'
import { digestText } from '#main/platform/hmac.ts'
import type { Reply, RequestHead, Wanted } from '#main/platform/http-receiver.ts'
import { createRate } from './rate.ts'
import type { DeliveryStore } from './store-deliveries.ts'
import { verify } from './verify.ts'
import { createVisitDesk, type VisitSite, type Visits } from './visit-desk.ts'

/** A source as the receiver needs it. */
export interface SourceKey {
  readonly id: string
  readonly kind: SourceKind
  readonly pathHash: string
  readonly settings: SourceSettings
  readonly secret: string
  readonly enabled: boolean
}

/** Whom the receiver listens to. */
export interface Known {
  /** The path of the public address, which a tunnel may or may not pass on; without a slash at its end. */
  readonly publicPath: string
  readonly sources: readonly SourceKey[]
  readonly visitSites: readonly VisitSite[]
}

export const MAX_BODY_BYTES = 1_000_000
/** Far more than editors cause, and less than the disk takes. */
const PER_SECOND = 2_000
const BURST = 4_000
/** Who does not know the secret may try so often. */
const REFUSALS_PER_SECOND = 5
const KEPT_HEADER = /^(content-type|user-agent|idempotency-key|x-contentful-|sanity-|x-github-|x-strapi-|x-event|x-hook-)/
const PRIVATE_HEADER = /signature|secret|token|auth|cookie/

const plain = (status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: `${body}\n`,
})
const NOT_FOUND = plain(404, 'Not found')
const BUSY = plain(503, 'Too much waits to be stored. Send it again in a second.', { 'Retry-After': '1' })

/** What becomes of each request: the head is judged first, then the raw body; nothing is parsed here. */
export function createDesk(
  clock: Clock,
  store: DeliveryStore,
  visits: Visits,
): { know(known: Known): void; begin(head: RequestHead): Reply | Wanted } {
  const rate = createRate(PER_SECOND, BURST)
  const refusalRate = createRate(REFUSALS_PER_SECOND, REFUSALS_PER_SECOND * 4)
  const visitDesk = createVisitDesk(clock, visits)
  let known: Known = { publicPath: '', sources: [], visitSites: [] }
  let byPath = new Map<string, SourceKey>()

  function beginDelivery(source: SourceKey, target: string, { method, headers }: RequestHead): Reply | Wanted {
    if (method !== 'POST') return plain(405, 'Deliveries are sent with POST', { Allow: 'POST' })
    if (!source.enabled) return plain(410, 'This source is switched off')
    const coding = headers.get('content-encoding') ?? 'identity'
    if (coding !== 'identity') return plain(415, 'Send the body without a content coding')
    const waitSeconds = rate.take(source.id, clock())
    if (waitSeconds > 0) return plain(429, 'Too many deliveries at once', { 'Retry-After': String(waitSeconds) })
    if (store.full) return BUSY
    return {
      maxBytes: MAX_BODY_BYTES,
      async answer(body) {
        const nowMs = clock()
        const verdict = verify(source.kind, { target, headers, body }, { ...source, nowMs })
        if (!verdict.ok) {
          if (refusalRate.take(source.id, nowMs) === 0) store.refuse(source.id, nowMs, verdict.reason)
          return plain(401, 'Not accepted')
        }
        const kept = [...headers].filter(
          ([name]) => KEPT_HEADER.test(name) && !PRIVATE_HEADER.test(name) && name !== source.settings.header,
        )
        const isNew = await store.store({ sourceId: source.id, atMs: nowMs, headers: kept, body, keys: verdict.keys })
        return isNew ? plain(202, 'Stored') : plain(200, 'Known already')
      },
    }
  }

  return {
    know(next) {
      known = next
      byPath = new Map(next.sources.map((source) => [source.pathHash, source]))
      visitDesk.know(next.visitSites)
    },
    begin(head) {
      const { publicPath } = known
      const passedOn = publicPath !== '' && head.target.startsWith(`${publicPath}/`)
      const local = passedOn ? head.target.slice(publicPath.length) : head.target
      const [, area, key] = /^\/(in|visit)\/([A-Za-z0-9_-]{20,64})(?:\?|$)/.exec(local) ?? []
      if (area === undefined || key === undefined) return NOT_FOUND
      if (area === 'visit') return visitDesk.begin(key, head) ?? NOT_FOUND
      const source = byPath.get(digestText(key))
      return source ? beginDelivery(source, publicPath + local, head) : NOT_FOUND
    },
  }
}
