import { randomUUID } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import type { Plan } from '#shared/plans.ts'
import { createJobs } from '#main/activity/jobs.ts'
import { createLedger } from '#main/budget/ledger.ts'
import { createSettingsStore } from '#main/budget/settings.ts'
import { tariffOf } from '#main/providers/vendors.ts'
import { freshnessSql } from '#main/pages/freshness-sql.ts'
import { createReadLine } from '#main/pages/read-line.ts'
import { resolveSelection } from '#main/pages/selection.ts'
import { coverPages } from '#main/plans/cover/cover-task.ts'
import { createPlansFeature } from '#main/plans/feature.ts'
import type { RefreshPort } from '#main/plans/refresh-step.ts'
import { createChanges } from '#main/platform/changes.ts'
import { silentLog } from '#main/platform/log.ts'
import { checkItem, keyedItem } from '#main/providers/cloudfront/purge-items.ts'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'
import type { AccountPurges, Distribution, Edge, PurgeQuotas } from '#main/providers/edge.ts'
import type { Renderer } from '#main/providers/renderer.ts'
import { SHOP, SITE, WWW, type StoredSite } from './stored-site.ts'

export const ACCOUNT = 'aws, test'

/** One call of the edge: what it answers is decided by the test. */
type Purge = (items: readonly string[], reference: string, attempt: number) => Promise<{ remoteId: string }>

export interface PlansWorld {
  readonly feature: ReturnType<typeof createPlansFeature>
  readonly ledger: ReturnType<typeof createLedger>
  readonly settings: ReturnType<typeof createSettingsStore>
  readonly jobs: ReturnType<typeof createJobs>
  /** Calls of the edge that were made, in order. */
  readonly sent: { readonly items: readonly string[]; readonly reference: string }[]
  ended(planId: string): Promise<Plan>
  /** The same data, after a crash: nothing of the old world goes on. */
  restart(): PlansWorld
  stop(): Promise<void>
}

export interface PlansOptions {
  readonly purge?: Purge
  /** Called for each question about a purge; true: it is completed. */
  readonly completed?: (remoteId: string) => boolean
  /** What the check after the purge finds. */
  readonly onCheck?: (pageIds: readonly number[]) => unknown
  readonly build?: () => Promise<RemoteBuild>
  /** The renderer, when the site has one. */
  readonly refresh?: RefreshPort['refresh']
  /** What a diagnosis says of an address. */
  readonly diagnose?: (url: string) => string
  readonly purgesTags?: boolean
  readonly itemsPerRequest?: number
  readonly behaviours?: Distribution['behaviours']
  readonly quotas?: PurgeQuotas
  readonly automation?: Parameters<typeof createPlansFeature>[0]['automation']
  /** What the vendor lists, where it keeps a list. */
  readonly account?: AccountPurges
  /** Told which pages of a plan that starts wait for a visit. */
  readonly watchVisits?: (plan: Plan, pageIds: readonly number[]) => void
}

export const unreachable = () => new AppError('UNREACHABLE', 'The edge did not answer.', { retryable: true })
export const throttled = () => new AppError('THROTTLED', 'CloudFront asks to slow down.', { retryable: true })
export const refused = () =>
  new AppError('CREDENTIALS_REFUSED', 'These credentials may not purge.', { fix: 'Enter others.', retryable: false })

/** The plans feature with a real database, ledger and queue; only the edge at the other end of the wire is the test's. */
export function plansWorld(site: StoredSite, options: PlansOptions = {}): PlansWorld {
  const { db } = site
  const stop = new AbortController()
  const changes = createChanges()
  const settings = createSettingsStore(db, Date.now, tariffOf)
  const ledger = createLedger(db, Date.now, settings)
  const jobs = createJobs(changes, Date.now, silentLog)
  const sent: PlansWorld['sent'] = []
  const capabilities: Distribution['capabilities'] = {
    purgesPaths: true,
    purgesPrefixes: true,
    purgesTags: options.purgesTags ?? true,
    tagHeader: 'x-tags',
    tagsPerPage: 50,
    itemsPerRequest: options.itemsPerRequest ?? 3_000,
    ...(options.quotas ? { quotas: options.quotas } : {}),
    tariff: tariffOf('cloudfront'),
    limitsSource: '',
  }
  const edge: Edge = {
    describe: async () => {
      throw unreachable()
    },
    async purge(items, reference, signal) {
      signal?.throwIfAborted()
      const attempt = sent.filter((call) => call.reference === reference).length + 1
      sent.push({ items, reference })
      const cut = new Promise<never>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      const { remoteId } = await Promise.race([cut, options.purge?.(items, reference, attempt) ?? { remoteId: `I-${reference}` }])
      return { remoteId, state: 'in-progress', createdAtMs: Date.now() }
    },
    purgeStatus: async (remoteId) => ({
      remoteId,
      state: (options.completed?.(remoteId) ?? true) ? 'completed' : 'in-progress',
      createdAtMs: Date.now(),
    }),
    close: () => {},
    ...(options.account ? { account: options.account } : {}),
  }
  const zones = [
    { id: WWW, host: 'www.example.com' },
    { id: SHOP, host: 'shop.example.com' },
  ]
  const build = options.build
  const feature = createPlansFeature({
    db,
    clock: Date.now,
    changes,
    log: silentLog,
    stopped: stop.signal,
    ledger,
    checkItem,
    keyOf: keyedItem,
    classify: freshnessSql,
    cover: async (wish) => coverPages({ ...db, classify: freshnessSql, keyOf: keyedItem }, wish),
    resolve: (siteId, selection, nowMs) => resolveSelection(db.query, siteId, selection, nowMs, createReadLine(zones, checkItem)),
    originProblem: async () => null,
    diagnose: async (url) => options.diagnose?.(url) ?? null,
    accountOf: async () => ACCOUNT,
    edgeOf: async () => edge,
    distributionOf: async () => ({ id: 'ETEST', aliases: [], capabilities, behaviours: options.behaviours ?? [], gaps: [] }),
    // Only whether there is one counts here: builds go through `builds`.
    builderOf: async () => (build ? ({} as Builder) : null),
    builds: {
      trigger: async () => ({ build: { id: 'build-1' }, ended: build?.() ?? Promise.reject(new Error('no builder')) }),
      resume: async () => build?.() ?? Promise.reject(new Error('no builder')),
    },
    rendererOf: async () => (options.refresh ? ({} as Renderer) : null),
    renderer: {
      look: async () => {},
      refresh: options.refresh ?? (async () => new Map()),
      settled: async () => {},
    },
    check: async (_siteId, pageIds, progress, signal) => {
      const cut = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      await Promise.race([cut, options.onCheck?.(pageIds)])
      progress(pageIds.length)
    },
    note: () => {},
    automation: options.automation ?? { paused: () => false, onChange: () => {} },
    random: () => 1,
    watchVisits: (plan, pageIds) => options.watchVisits?.(plan, pageIds),
    startJob: jobs.start,
  })
  return {
    feature,
    ledger,
    settings,
    jobs,
    sent,
    async ended(planId) {
      for (;;) {
        const plan = feature.store.read(planId)
        if (plan.endedAtMs !== null && jobs.list().every((job) => job.state !== 'running')) return plan
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    restart() {
      stop.abort()
      const next = plansWorld(site, options)
      next.feature.plans.resume()
      return next
    },
    async stop() {
      stop.abort()
      await jobs.stop()
    },
  }
}

const NOW = Date.now()
const seen = {
  observed_at: NOW - 60_000,
  status: 200,
  fresh_until: NOW + 3_600_000,
  stale_until: NOW + 3_600_000,
  copy_made_at: NOW - 60_000,
}
/** Pages as checks have left them. */
export const FRESH = {
  ...seen,
  stored: 'stored' as const,
  edge_hash: 'sha256-a',
  origin_hash: 'sha256-a',
  origin_basis: 'manifest' as const,
}
export const OUTDATED = { ...FRESH, origin_hash: 'sha256-b' }
export const PENDING = { ...FRESH, changed_since: NOW, origin_started_at: NOW - 1_000 }
export const ABSENT = { ...FRESH, stored: 'not-stored' as const }

/** The edge gives the origin's bytes from now on. */
export function nowFresh(site: StoredSite, pageIds: readonly number[]): void {
  const set = site.db.raw.prepare(
    'UPDATE pages SET edge_hash = origin_hash, observed_at = ?, copy_made_at = ?, vantage = ? WHERE id = ?',
  )
  for (const id of pageIds) set.run(Date.now(), Date.now(), 'FRA56', id)
}

export const builtRelease = (more: Partial<RemoteBuild> = {}): RemoteBuild => ({
  remoteId: randomUUID(),
  statusUrl: null,
  state: 'succeeded',
  title: 'Build',
  causes: [],
  queuedAtMs: 0,
  startsAtMs: null,
  startedAtMs: 1_000,
  endedAtMs: 3_000,
  progress: null,
  error: null,
  release: { id: 'r-2', published: true, publishedAtMs: 3_000, manifestUrl: '' },
  logUrl: null,
  cancelUrl: null,
  ...more,
})

export { SITE }
