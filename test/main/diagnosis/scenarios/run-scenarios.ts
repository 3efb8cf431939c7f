import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CacheName } from '../../../support/caches/cache.ts'
import { INSTALLED, sayWhatIsMissing } from '../../../support/caches/installed.ts'
import { startCacheWorld, type CacheWorld } from '../../../support/caches/world.ts'
import { SCENARIOS } from './all-scenarios.ts'
import { pathOf } from './scenario.ts'

/** Does every scenario that this cache can come into, and asks the real core about each. */
export function runScenarios(name: CacheName): void {
  describe.skipIf(sayWhatIsMissing(name))(name, () => {
    let world: CacheWorld
    const mine = SCENARIOS.map((scenario, index) => ({ scenario, path: pathOf(scenario, index) })).filter(
      ({ scenario }) => scenario.cannot?.[name] === undefined,
    )
    beforeAll(async () => {
      const listed = mine.flatMap(({ scenario, path }) => (scenario.listed ? [{ path, ...scenario.listed }] : []))
      world = await startCacheWorld(INSTALLED[name].start, listed)
    }, 60_000)
    afterAll(() => world?.close())

    const titled = ({ scenario }: (typeof mine)[number]) => `${scenario.cause}: ${scenario.title}`
    const does = async ({ scenario, path }: (typeof mine)[number]) => {
      const verdict = await scenario.run(world, path)
      const all = `${verdict.causes.map(({ id, confidence }) => `${id} (${confidence})`).join(', ')}\n${verdict.sentence}\n${verdict.report}`
      expect(verdict.causes[0]?.id, all).toBe(scenario.cause)
      expect(verdict.sentence, all).toMatch(scenario.says)
    }
    for (const one of mine.filter(({ scenario }) => !scenario.alone)) test.concurrent(titled(one), () => does(one))
    // These stop the origin or publish releases, so each has all to itself.
    describe('one after the other', () => {
      for (const one of mine.filter(({ scenario }) => scenario.alone)) test(titled(one), () => does(one))
    })
  })
}
