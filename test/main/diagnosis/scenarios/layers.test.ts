import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CACHES } from '../../../support/caches/cache.ts'
import { INSTALLED } from '../../../support/caches/installed.ts'
import { startCacheWorld, type CacheWorld } from '../../../support/caches/world.ts'
import { BEHIND, LAYERS, startRow } from './layers.ts'
import { pathOf } from './scenario.ts'

// What is missing is said by the cache's own scenarios.
describe.each(CACHES)('%s before another cache', (front) => {
  describe.skipIf([front, BEHIND[front]].some((name) => INSTALLED[name].missing !== null))(`before ${BEHIND[front]}`, () => {
    let world: CacheWorld
    beforeAll(async () => {
      world = await startCacheWorld((upstream) => startRow(front, upstream))
    }, 60_000)
    afterAll(() => world?.close())

    test.each(LAYERS.map((scenario, index) => ({ ...scenario, path: pathOf(scenario, index) })))(
      '$cause: $title',
      async ({ cause, says, path, run }) => {
        const verdict = await run(world, path)
        expect(verdict.causes[0]?.id, verdict.report).toBe(cause)
        expect(verdict.sentence).toMatch(says)
      },
    )
  })
})
