import { AppError } from '#shared/errors.ts'
import type { Receiver } from '#shared/hooks.ts'
import { readyRules } from '#shared/hook-rules.ts'
import type { Reading, ReadingState } from '#shared/hook-readings.ts'
import type { SourceReveal } from '#shared/hook-sources.ts'
import type { Changes } from '#main/platform/changes.ts'
import { delay } from '#main/platform/clock.ts'
import type { Http } from '#main/platform/http.ts'
import type { Log } from '#main/platform/log.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import { createAsker, type Asker } from './asking/asker.ts'
import { createReadings, fits } from './asking/readings.ts'
import { createContentIndex } from './content-index.ts'
import { createDeliveries, type CostOf, type Deliveries } from './deliveries.ts'
import { processDeliveries, type ProcessParts } from './process.ts'
import { pruneDeliveries } from './prune.ts'
import { createReceiverControl, type ReceiverThread } from './receiver.ts'
import { createRules, type Rules } from './rules.ts'
import { createWorkRunner, type WorkPorts } from './run-work.ts'
import { createHookSettings, type HookSettings } from './settings.ts'
import { createSources, type NewSource, type Sources } from './sources.ts'
import { tryRule, type PriceOf } from './try-rule.ts'
import { visitSnippet } from './visit-snippet.ts'
import { createVisitStore, type Visited, type VisitStore } from './visits.ts'
import { countWaiting } from './waiting.ts'
import { createWorkStore } from './work-store.ts'

/** What the composition root hands over. */
export interface HooksParts extends Pick<ProcessParts, 'db' | 'clock' | 'resolve' | 'mark' | 'note'> {
  readonly http: Http
  readonly secrets: Secrets
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  readonly thread: ReceiverThread
  readonly ports: WorkPorts
  readonly priceOf: PriceOf
  readonly costOf: CostOf
  readonly visited: Visited
  /** Whether all automation stands still. */
  paused(): boolean
}

export interface Hooks {
  readonly rules: Rules
  readonly deliveries: Deliveries
  readonly sources: Sources
  receiver(): Receiver
  saveReceiver(next: ReturnType<HookSettings['read']>): Promise<Receiver>
  addSource(source: NewSource & { readonly withRules: boolean }, by: string): Promise<SourceReveal>
  rotateSource(sourceId: string, secret: string | null): Promise<SourceReveal>
  /** After sources or visit checks have changed. */
  apply(): Promise<void>
  /** Takes the secrets of a site out of the vault and stops listening to its sources, before the site is removed. */
  forgetSite(siteId: string): Promise<void>
  /** Lets a source be asked for its changes, or not any more. Throws what its vendor refused with; then nothing is kept. */
  saveReading(sourceId: string, reading: Reading | null, token: string | null): Promise<ReadingState | null>
  askNow: Asker['askNow']
  /** The machine was asleep: every source is asked what it could not deliver. */
  wake(): void
  replay(deliveryId: number): number
  tryRule(...args: [number, Parameters<typeof tryRule>[2]]): ReturnType<typeof tryRule>
  visitCheck(siteId: string): ReturnType<VisitStore['read']> & { readonly snippet: string | null }
  saveVisitCheck(...args: Parameters<VisitStore['save']>): Promise<void>
  /** Opens the port and goes on with what waited. */
  start(): void
}

const PAUSED_LOOK_MS = 2_000
/** Opening the port takes a moment, and on a busy machine longer. */
const STARTING_AT_MOST_MS = 60_000
const LOOK_MS = 50
/** The first of a storm is worked through at once, what follows some at a time: their marks and work are joined. */
const GATHER_MS = 250
const PRUNE_EVERY_MS = 3_600_000
const AFTER_FAILURE_MS = 5_000

export function createHooks(parts: HooksParts): Hooks {
  const { db, clock, changes, log, stopped } = parts
  const { raw } = db
  const settings = createHookSettings(raw)
  const readings = createReadings(db)
  const sources = createSources(db, parts.secrets, clock, readings)
  const rules = createRules(raw, clock)
  const index = createContentIndex(raw)
  const work = createWorkStore(raw)
  const deliveries = createDeliveries(raw, work, parts.costOf)
  const visits = createVisitStore(db, clock, parts.visited)
  const changed = () => changes.tell('hooks')
  const runner = createWorkRunner({ ...parts, ...parts.ports, store: work, changed })
  const control = createReceiverControl({
    thread: parts.thread,
    settings,
    stopped,
    log,
    changed,
    known: async () => ({
      publicPath: publicPath(settings.read().publicUrl),
      sources: await sources.keys(),
      visitSites: visits.sites(),
    }),
    onNews(news) {
      if (news.type === 'stored') wake()
      if (news.type === 'visits' && !stopped.aborted) {
        visits.take(news.visits)
        changed()
      }
    },
  })

  const asker = createAsker({ ...parts, readings, found: wake, changed })

  let wanted = false
  let working = false
  /** Works everything through that waits; what comes meanwhile is looked for again. */
  function wake(): void {
    wanted = true
    changed()
    if (working || stopped.aborted) return
    working = true
    void workThrough().finally(() => {
      working = false
    })
  }

  async function workThrough(): Promise<void> {
    while (wanted && !stopped.aborted) {
      wanted = false
      try {
        while (parts.paused() && !stopped.aborted) await delay(PAUSED_LOOK_MS, stopped)
        if ((await processDeliveries({ ...parts, rules, index, work })) === 0) continue
        changes.tell('pages', 'tags', 'hooks')
        runner.look()
        wanted = true
        await delay(GATHER_MS, stopped)
      } catch (error) {
        if (stopped.aborted) return
        log.error({ err: error }, 'deliveries could not be worked through')
        wanted = true
        await delay(AFTER_FAILURE_MS, stopped).catch(() => undefined)
      }
    }
  }

  async function prune(): Promise<void> {
    while (!stopped.aborted) {
      pruneDeliveries(raw, settings.read().keepDays, clock())
      await delay(PRUNE_EVERY_MS, stopped)
    }
  }

  /** Where senders reach a place of the receiver, once its port is known. */
  function addressOf(area: 'in' | 'visit', key: string): string {
    const { publicUrl, port } = settings.read()
    return `${publicUrl ?? `http://127.0.0.1:${control.state().port ?? port}`}/${area}/${key}`
  }

  async function reveal(made: { sourceId: string; key: string; secret: string }): Promise<SourceReveal> {
    await control.apply()
    await listening()
    changed()
    if (receiver().port === null && settings.read().publicUrl === null)
      throw new AppError('INTERNAL', 'The source was added, but its port could not be opened, so it has no address yet.', {
        fix: 'Choose “New address and secret…” of the source in a moment.',
      })
    return { sourceId: made.sourceId, address: addressOf('in', made.key), secret: made.secret }
  }

  /** The address that is told has the port in it. */
  async function listening(): Promise<void> {
    const untilMs = clock() + STARTING_AT_MOST_MS
    while (control.state().state === 'starting' && clock() < untilMs) await delay(LOOK_MS, stopped)
  }

  const receiver = (): Receiver => {
    const { publicUrl, keepDays, port } = settings.read()
    const state = control.state()
    return {
      ...state,
      port: state.port ?? (port || null),
      publicUrl,
      keepDays,
      paused: parts.paused(),
      waiting: countWaiting(raw),
    }
  }

  return {
    rules,
    deliveries,
    sources,
    receiver,
    async saveReceiver(next) {
      const before = settings.read()
      settings.save(next)
      await (before.port === next.port ? control.apply() : control.restart())
      await listening()
      return receiver()
    },
    async addSource(source, by) {
      const made = await sources.add(source, by)
      const ready = source.withRules ? readyRules(source.kind, made.sourceId) : []
      for (const rule of ready) rules.save(source.siteId, rule, by)
      return reveal(made)
    },
    rotateSource: async (sourceId, secret) => reveal(await sources.rotate(sourceId, secret)),
    async apply() {
      await control.apply()
      changed()
    },
    async forgetSite(siteId) {
      await sources.forget(siteId)
      await control.apply()
    },
    async saveReading(sourceId, reading, token) {
      const { kind } = sources.need(sourceId)
      if (reading === null) await asker.remove(sourceId)
      else if (fits(kind, reading)) await asker.save(sourceId, reading, token)
      else throw new AppError('BAD_INPUT', 'This source is of another kind.', { field: 'reading', fix: 'Load the list again.' })
      changed()
      return readings.state(sourceId)
    },
    askNow: asker.askNow,
    wake: asker.look,
    replay(deliveryId) {
      const id = deliveries.replay(deliveryId, clock())
      wake()
      return id
    },
    tryRule: (deliveryId, rule) => tryRule({ ...parts, raw, index, need: sources.need }, deliveryId, rule),
    visitCheck(siteId) {
      const check = visits.read(siteId)
      const told = check.enabled && check.key !== null && control.state().state === 'listening'
      return { ...check, snippet: told ? visitSnippet(addressOf('visit', check.key ?? ''), check.minutes) : null }
    },
    async saveVisitCheck(siteId, enabled, minutes) {
      visits.save(siteId, enabled, minutes)
      await control.apply()
      await listening()
      changed()
    },
    start() {
      const failed = (what: string) => (error: unknown) => stopped.aborted || log.error({ err: error }, what)
      control.apply().then(changed, failed('the receiver'))
      prune().catch(failed('old deliveries'))
      readings.hasten(clock())
      asker.run().catch(failed('asking sources'))
      runner.look()
      wake()
    },
  }
}

function publicPath(publicUrl: string | null): string {
  const path = publicUrl === null ? '' : new URL(publicUrl).pathname
  return path === '/' ? '' : path.replace(/\/$/, '')
}
