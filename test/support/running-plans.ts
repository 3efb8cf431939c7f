import { nowFresh, plansWorld, SITE, type PlansOptions, type PlansWorld } from './plans-world.ts'
import { storedSite, type StoredSite } from './stored-site.ts'

export interface RunningPlans {
  readonly site: StoredSite
  /** A plans feature on the site; after a purge its checks find the new bytes. */
  worldOf(options?: PlansOptions): PlansWorld
  /** Has a feature ended with the others. */
  keep(world: PlansWorld): PlansWorld
  started(world: PlansWorld, pageIds: number[]): Promise<string>
  ledgerRows(): { kind: string; items: number }[]
  purgeStates(): string[]
  end(): Promise<void>
}

export async function runningPlans(): Promise<RunningPlans> {
  const site = await storedSite()
  const worlds: PlansWorld[] = []
  const keep = (world: PlansWorld) => {
    worlds.push(world)
    return world
  }
  return {
    site,
    keep,
    worldOf: (options = {}) => keep(plansWorld(site, { onCheck: (ids) => nowFresh(site, ids), ...options })),
    async started(world, pageIds) {
      const { id } = await world.feature.plans.create(SITE, { kind: 'pages', pageIds }, 'Ada')
      await world.feature.plans.start(id, 'Ada')
      return id
    },
    ledgerRows: () =>
      site.db.raw.prepare<[], { kind: string; items: number }>('SELECT kind, items FROM ledger ORDER BY id').all(),
    purgeStates: () =>
      site.db.raw
        .prepare<[], { state: string }>('SELECT state FROM purges ORDER BY id')
        .all()
        .map(({ state }) => state),
    async end() {
      for (const world of worlds) await world.stop()
      site.db.close()
    },
  }
}
