import { AppError } from '#shared/errors.ts'
import type { Job } from '#shared/activity.ts'
import type { Selection } from '#shared/pages.ts'
import type { Plan } from '#shared/plans.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Edge, OriginSwitch } from '#main/providers/edge.ts'
import { whyFixed } from './deploys-list.ts'
import { inTheWay } from './in-the-way.ts'
import { forwardRelease, isOlder, knownReleases, needRelease, type KnownRelease } from './known-releases.ts'
import { readPin, switchUnderWay, writePin } from './pins.ts'
import type { Diffs } from './release-diffs.ts'
import { liveReleaseId, saveRelease, type ImportRelease } from './releases.ts'
import { runSwitch } from './run-switch.ts'
import type { StoredSwitch, SwitchStore } from './switch-store.ts'

/** What switching needs of the other features; the composition root supplies it. */
export interface SwitchesWorld {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  readonly stopped: AbortSignal
  edgeOf(siteId: string): Promise<Edge>
  readonly importRelease: ImportRelease
  readonly plans: {
    create(
      siteId: string,
      selection: Selection,
      by: string,
      about?: { readonly goesBack: boolean; readonly waits: true },
    ): Promise<Plan>
    revise(planId: string, choice: { readonly build: boolean }): Promise<Plan>
    start(planId: string, by: string): Promise<Plan>
    cancel(planId: string): Plan
  }
  planOf(planId: string): Plan
  startJob(
    what: { siteId: string; kind: 'switch'; title: string },
    work: (update: (change: { note: string; canCancel: boolean }) => void, signal: AbortSignal) => Promise<string>,
  ): { job: Job }
  note(siteId: string, by: string, text: string): void
}

export interface Switches {
  start(siteId: string, releaseId: string, purges: boolean, by: string): Promise<StoredSwitch>
  /**
   * Gives visitors a release because it is the newest, under an id that makes a repetition the same switch. It overrules no
   * pin: then it is null, as when visitors have it already. Throws `CONFLICT`, `retryable`, while something is in the way.
   */
  publish(siteId: string, releaseId: string, switchId: string, by: string): Promise<StoredSwitch | null>
  /** Null when no such switch was begun. */
  find(switchId: string): StoredSwitch | null
  unpin(siteId: string, purges: boolean, by: string): Promise<StoredSwitch | null>
  /** Throws `CONFLICT` once the edge may have been told. */
  cancel(switchId: string): StoredSwitch
  /** Goes on with what was under way when the core stopped. */
  resume(): void
}

export function createSwitches(world: SwitchesWorld, store: SwitchStore, diffs: Diffs): Switches {
  const { db, clock, changes, stopped } = world
  const running = new Map<string, AbortController>()
  const starting = new Set<string>()

  async function originOf(siteId: string): Promise<OriginSwitch> {
    const { switchOrigin } = await world.edgeOf(siteId)
    if (switchOrigin) return switchOrigin
    throw new AppError('PROVIDER_REFUSED', 'The edge of this site cannot be pointed at another release.', {
      fix: 'Roll back where the site is built.',
      retryable: false,
    })
  }

  const run = (begun: StoredSwitch, resumed: boolean): void => {
    const cancel = new AbortController()
    running.set(begun.id, cancel)
    const title = `${begun.pin === null ? 'Go forward to' : 'Go to'} release ${begun.to}`
    world.startJob({ siteId: begun.siteId, kind: 'switch', title }, async (update, signal) => {
      signal.addEventListener('abort', () => cancel.abort(), { once: true })
      const say = (note: string, canCancel: boolean) => {
        update({ note, canCancel })
        const { message, state } = store.read(begun.id)
        if (message !== note && state !== 'done') store.change(begun.id, { message: note })
      }
      try {
        const ended = await runSwitch({ ...world, store, originOf, bringIn, plan, startPlan }, begun.id, {
          stopped,
          cancelled: cancel.signal,
          resumed,
          say,
        })
        world.note(begun.siteId, begun.by, ended.message)
        return ended.message
      } finally {
        running.delete(begun.id)
        if (!stopped.aborted) changes.tell('deploys', 'builds', 'pages', 'sites', 'tags', 'plans')
      }
    })
  }

  async function bringIn(step: StoredSwitch, sinceMs: number | null): Promise<void> {
    const release = needRelease(await knownReleases(db.query, step.siteId), step.to)
    const manifest = await diffs.manifest(step.siteId, release)
    await world.importRelease(step.siteId, sinceMs === null ? manifest : { ...manifest, startedAtMs: sinceMs }, 'live')
    saveRelease(db, step.siteId, release.remote, manifest, true)
    changes.tell('pages', 'sites', 'tags', 'builds')
  }

  async function plan(step: StoredSwitch): Promise<Plan | null> {
    const releases = await knownReleases(db.query, step.siteId)
    const from = releases.find(({ id }) => id === step.from)
    const to = needRelease(releases, step.to)
    const everything: Selection = { kind: 'filter', filter: {}, exceptPageIds: [] }
    const differing = from ? await diffs.selection(step.siteId, from, to) : { selection: everything }
    if (differing === null) return null
    const goesBack = from !== undefined && isOlder(releases, to, from)
    const entered = await world.plans.create(step.siteId, differing.selection, step.by, { goesBack, waits: true })
    const draft = entered.build.wanted ? await world.plans.revise(entered.id, { build: false }) : entered
    if (draft.blocked === null) return draft
    // The edge holds nothing that would have to go.
    world.plans.cancel(draft.id)
    return null
  }

  async function startPlan(planId: string, by: string): Promise<Plan> {
    const draft = world.planOf(planId)
    if (draft.state !== 'draft') return draft
    return world.plans.start(planId, by)
  }

  async function begin(siteId: string, release: KnownRelease, releases: readonly KnownRelease[], purges: boolean, by: string) {
    const entered = await decide(siteId, release, releases, { purges, by, asNewest: null })
    if (entered === null) throw new AppError('CONFLICT', 'The site is pinned.', { field: 'releaseId', retryable: false })
    return entered
  }

  /** `asNewest`: the id of a switch that nobody asked for by name, and that so overrules no pin. */
  async function decide(
    siteId: string,
    release: KnownRelease,
    releases: readonly KnownRelease[],
    { purges, by, asNewest }: { readonly purges: boolean; readonly by: string; readonly asNewest: string | null },
  ): Promise<StoredSwitch | null> {
    const origin = await originOf(siteId)
    const live = await liveReleaseId(db.query, siteId)
    const fixed = whyFixed(release, { live, switches: true })
    if (fixed !== null || release.originPath === null) {
      throw new AppError('CONFLICT', fixed ?? '', { field: 'releaseId', retryable: false })
    }
    const busy = inTheWay(db, siteId, asNewest === null)
    if (busy !== null) throw new AppError('CONFLICT', busy.message, { fix: busy.fix, retryable: true })
    // Before anything is changed: what cannot be had now would be missing when it is too late.
    await diffs.manifest(siteId, release)
    const { originPath } = await origin.read(stopped)
    const from = releases.find((candidate) => candidate.originPath === originPath)
    const before = readPin(db, siteId)
    if (asNewest !== null && before !== null) return null
    const pins = asNewest === null && isOlder(releases, release, forwardRelease(releases, before?.sinceMs ?? null) ?? release)
    const nowMs = clock()
    const entered: StoredSwitch = {
      id: asNewest ?? crypto.randomUUID(),
      siteId,
      state: 'intent',
      from: from?.id ?? live,
      to: release.id,
      fromPath: originPath,
      toPath: release.originPath,
      pin: pins ? { releaseId: release.id, title: release.title, sinceMs: nowMs, by } : null,
      pinBefore: before,
      purges,
      by,
      startedAtMs: nowMs,
      switchedAtMs: null,
      deployedAtMs: null,
      endedAtMs: null,
      planId: null,
      message: 'The edge is told where to fetch from.',
    }
    store.intend(entered)
    world.note(
      siteId,
      by,
      `Started: visitors get ${release.title} (${release.id})${pins ? ', and the site is pinned to it' : ''}`,
    )
    run(entered, false)
    return entered
  }

  /** One start a site at a time: between its questions and its intent others must not slip in. */
  async function alone<T>(siteId: string, work: () => Promise<T>): Promise<T> {
    if (starting.has(siteId)) throw new AppError('CONFLICT', 'Another switch of this site is being started.', { retryable: true })
    starting.add(siteId)
    return work().finally(() => starting.delete(siteId))
  }

  return {
    start: (siteId, releaseId, purges, by) =>
      alone(siteId, async () => {
        const releases = await knownReleases(db.query, siteId)
        return begin(siteId, needRelease(releases, releaseId), releases, purges, by)
      }),
    publish: (siteId, releaseId, switchId, by) =>
      alone(siteId, async () => {
        if (readPin(db, siteId) !== null || (await liveReleaseId(db.query, siteId)) === releaseId) return null
        const releases = await knownReleases(db.query, siteId)
        return decide(siteId, needRelease(releases, releaseId), releases, { purges: true, by, asNewest: switchId })
      }),
    find: store.find,
    unpin: (siteId, purges, by) =>
      alone(siteId, async () => {
        const pin = readPin(db, siteId)
        if (!pin) throw new AppError('CONFLICT', 'This site is not pinned.', { fix: 'Load the list of deploys again.' })
        const releases = await knownReleases(db.query, siteId)
        const forward = forwardRelease(releases, pin.sinceMs)
        const live = await liveReleaseId(db.query, siteId)
        if (forward && forward.id !== live) return begin(siteId, forward, releases, purges, by)
        if (switchUnderWay(db, siteId)) throw new AppError('CONFLICT', 'The site is being switched at the moment.', {})
        writePin(db, siteId, null)
        world.note(siteId, by, `Unpinned from ${pin.releaseId}`)
        changes.tell('deploys', 'sites')
        return null
      }),
    cancel(switchId) {
      const stored = store.read(switchId)
      const cancel = running.get(switchId)
      if (stored.state !== 'intent' || !cancel) {
        throw new AppError('CONFLICT', 'The edge has been told already.', {
          fix: 'Wait until it is deployed, then go back the other way.',
        })
      }
      cancel.abort()
      return stored
    },
    resume() {
      for (const unfinished of store.unfinished()) run(unfinished, true)
    },
  }
}
