import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CacheName } from '../../../support/caches/cache.ts'
import type { TestRelease } from '../../../support/caches/builds.ts'
import { INSTALLED, sayWhatIsMissing } from '../../../support/caches/installed.ts'
import { startCacheWorld, type CacheWorld } from '../../../support/caches/world.ts'
import { SCENARIOS } from './all-scenarios.ts'
import { pathOf, type Scenario } from './scenario.ts'

const HOUR_MS = 3_600_000

/** What the built site's service tells of: a release from before, the live one, and one that is not published. */
function releasesOf(mine: readonly { readonly scenario: Scenario; readonly path: string }[]): TestRelease[] {
  const filesOf = (which: 'first' | 'live' | 'staged') =>
    Object.fromEntries(
      mine.flatMap(({ scenario, path }) => {
        const body = scenario.built?.[which]
        return body === undefined ? [] : [[path, body]]
      }),
    )
  const nowMs = Date.now()
  const redirects = [{ from: '/fallback-serving/*', to: '/.functions/render', status: 200 }]
  return [
    { id: 'first', startedAtMs: nowMs - 3 * HOUR_MS, published: true, files: filesOf('first'), redirects },
    { id: 'second', startedAtMs: nowMs - 2 * HOUR_MS, published: true, files: filesOf('live'), redirects },
    { id: 'third', startedAtMs: nowMs - HOUR_MS, published: false, files: filesOf('staged'), redirects },
  ]
}

/** Does every scenario that this cache can come into, and asks the real core about each. */
export function runScenarios(name: CacheName): void {
  describe.skipIf(sayWhatIsMissing(name))(name, () => {
    let world: CacheWorld
    const mine = SCENARIOS.map((scenario, index) => ({ scenario, path: pathOf(scenario, index) })).filter(
      ({ scenario }) => scenario.cannot?.[name] === undefined,
    )
    beforeAll(async () => {
      const listed = mine.flatMap(({ scenario, path }) => (scenario.listed ? [{ path, ...scenario.listed }] : []))
      world = await startCacheWorld(INSTALLED[name].start, listed, releasesOf(mine))
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
    // These stop the origin, so each has it to itself.
    describe('one after the other', () => {
      for (const one of mine.filter(({ scenario }) => scenario.alone)) test(titled(one), () => does(one))
    })
  })
}
