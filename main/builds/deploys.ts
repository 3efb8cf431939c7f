import { AppError } from '#shared/errors.ts'
import type { LaterSwitch, SwitchPreview } from '#shared/deploys.ts'
import type { Selection } from '#shared/pages.ts'
import { named, toDeploys, toPin, toSwitch, usualTime, whyFixed } from './deploys-list.ts'
import { forwardRelease, isOlder, knownReleases, needRelease, type KnownRelease } from './known-releases.ts'
import { readPin, switchUnderWay } from './pins.ts'
import { createDiffs, type Differing, type Diffs, type DiffsWorld } from './release-diffs.ts'
import { liveReleaseId } from './releases.ts'
import { inTheWay } from './in-the-way.ts'
import { createLaterSwitches, type LaterSwitches } from './later-switches.ts'
import { createSwitchStore, type StoredSwitch } from './switch-store.ts'
import { createSwitches, type Switches, type SwitchesWorld } from './switches.ts'

export interface DeploysWorld extends DiffsWorld, SwitchesWorld {
  /** Pages that the origin renders for every request; it does not run on the core thread. */
  countOnDemand(siteId: string): Promise<number>
  /** What a purge would be if the origin of these pages had the bytes of a release. */
  previewPurge(siteId: string, selection: Selection, hashOf: Differing['hashOf']): Promise<SwitchPreview['purge']>
}

export interface Deploys {
  readonly diffs: Diffs
  readonly switches: Switches
  readonly later: LaterSwitches
  /** Gives visitors a release once nothing is in the way. Throws what is wrong with it already now. */
  switchLater(siteId: string, releaseId: string, purges: boolean, by: string): Promise<LaterSwitch | null>
  list(siteId: string): Promise<ReturnType<typeof listed>>
  show(stored: StoredSwitch): Promise<ReturnType<typeof toSwitch>>
  preview(siteId: string, releaseId: string): Promise<SwitchPreview>
  purgeOf(siteId: string, releaseId: string): Promise<SwitchPreview['purge'] | null>
  planPurge(siteId: string, releaseId: string, by: string): Promise<{ planId: string }>
  /** Has what a release consists of kept here, when the build service still tells it. */
  keepFiles(siteId: string, releaseId: string): Promise<void>
}

export function createDeploys(world: DeploysWorld): Deploys {
  const { db } = world
  const store = createSwitchStore(db, world.changes)
  const diffs = createDiffs(world)
  const switches = createSwitches(world, store, diffs)
  const later = createLaterSwitches({ ...world, start: switches.start })
  /** Opening a client may need credentials that are missing; the list is shown all the same. */
  const canSwitch = async (siteId: string) => {
    const edge = await world.edgeOf(siteId).catch(() => null)
    return edge?.switchOrigin !== undefined
  }
  /** In what a release differs from the one before it; null when there is none, or nothing differs. */
  async function changedBy(siteId: string, releaseId: string): Promise<Differing | null> {
    const releases = await knownReleases(db.query, siteId)
    const to = needRelease(releases, releaseId)
    const from = releases[releases.indexOf(to) + 1]
    return from === undefined ? null : diffs.selection(siteId, from, to)
  }
  /** What the change from one release to another means; without the first there is nothing to compare with. */
  async function against(
    siteId: string,
    releases: readonly KnownRelease[],
    from: KnownRelease | undefined,
    to: KnownRelease,
  ): Promise<Pick<SwitchPreview, 'from' | 'back' | 'counts' | 'leaves' | 'purge'>> {
    if (!from) return { from: null, back: false, counts: null, leaves: [], purge: null }
    const { counts } = await diffs.compare(siteId, from, to)
    const differing = await diffs.selection(siteId, from, to)
    const back = isOlder(releases, to, from)
    return {
      from: named(releases, from.id),
      back,
      counts,
      leaves: back ? releases.slice(releases.indexOf(from), releases.indexOf(to)).map(({ id, title }) => ({ id, title })) : [],
      purge:
        differing === null
          ? { itemCount: 0, pageCount: 0, alsoCold: 0, priceMicroDollars: 0, allowanceBefore: 0, allowanceAtMost: true }
          : await world.previewPurge(siteId, differing.selection, differing.hashOf),
    }
  }
  return {
    diffs,
    switches,
    later,
    async switchLater(siteId, releaseId, purges, by) {
      const releases = await knownReleases(db.query, siteId)
      const to = needRelease(releases, releaseId)
      const fixed = whyFixed(to, { live: await liveReleaseId(db.query, siteId), switches: await canSwitch(siteId) })
      if (fixed !== null) throw new AppError('CONFLICT', fixed, { field: 'releaseId', retryable: false })
      later.add(siteId, releaseId, purges, by)
      return later.show(siteId, releases)
    },
    async purgeOf(siteId, releaseId) {
      const changed = await changedBy(siteId, releaseId)
      return changed === null ? null : world.previewPurge(siteId, changed.selection, changed.hashOf)
    },
    async planPurge(siteId, releaseId, by) {
      const changed = await changedBy(siteId, releaseId)
      if (changed !== null) return { planId: (await world.plans.create(siteId, changed.selection, by)).id }
      throw new AppError('NOT_FOUND', 'This release has changed nothing that an edge could hold.', { retryable: false })
    },
    async list(siteId) {
      const releases = await knownReleases(db.query, siteId)
      const live = await liveReleaseId(db.query, siteId)
      const about = { live, pin: readPin(db, siteId), counts: diffs.counts(siteId), switches: await canSwitch(siteId) }
      return listed(releases, about, {
        switching: switchUnderWay(db, siteId) !== null,
        last: store.last(siteId),
        measured: store.measured(siteId),
        later: later.show(siteId, releases),
      })
    },
    async keepFiles(siteId, releaseId) {
      const release = (await knownReleases(db.query, siteId)).find(({ id }) => id === releaseId)
      if (release) await diffs.manifest(siteId, release)
    },
    async show(stored) {
      return toSwitch(stored, await knownReleases(db.query, stored.siteId))
    },
    async preview(siteId, releaseId) {
      const releases = await knownReleases(db.query, siteId)
      const to = needRelease(releases, releaseId)
      const live = await liveReleaseId(db.query, siteId)
      const from = releases.find(({ id }) => id === live)
      const fixed = whyFixed(to, { live, switches: await canSwitch(siteId) })
      if (fixed !== null) throw new AppError('CONFLICT', fixed, { field: 'releaseId' })
      const forward = forwardRelease(releases, readPin(db, siteId)?.sinceMs ?? null)
      return {
        ...(await against(siteId, releases, from, to)),
        to: { ...named(releases, to.id), builtAtMs: to.builtAtMs, published: to.published },
        pins: isOlder(releases, to, forward ?? to),
        renderedOnDemand: await world.countOnDemand(siteId),
        time: usualTime(store.measured(siteId)),
        waitsFor: inTheWay(db, siteId, true)?.message ?? null,
      }
    },
  }
}

function listed(
  releases: Awaited<ReturnType<typeof knownReleases>>,
  about: Parameters<typeof toDeploys>[1],
  {
    switching,
    last,
    measured,
    later,
  }: {
    readonly switching: boolean
    readonly last: StoredSwitch | null
    readonly measured: readonly number[]
    readonly later: LaterSwitch | null
  },
) {
  return {
    deploys: toDeploys(releases, about),
    pin: about.pin === null ? null : toPin(about.pin, about.live, releases, switching),
    lastSwitch: last === null ? null : toSwitch(last, releases),
    later,
    time: usualTime(measured),
  }
}
