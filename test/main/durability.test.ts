import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Plan } from '#shared/plans.ts'
import { eventually } from '../support/core-client.ts'
import { faultsOf, killWorld, type KillWorld } from '../support/purge-kills.ts'

// Each kill is a SIGKILL of the core's process, as a power cut; then it is started again on the same data folder.
let world: KillWorld
const plans: Plan[] = []
beforeAll(async () => {
  world = await killWorld()
}, 60_000)
afterAll(() => world?.stop())

const planAt = (id: string, right: (plan: Plan) => boolean) =>
  eventually(() => world.core().client.plans.get({ planId: id }), right)
const invalidations = async () => (await world.references()).length

describe('A core that is killed', () => {
  test.each<[string, (draft: Plan, started: Promise<unknown>) => Promise<unknown>]>([
    ['when the start was just asked for', async () => {}],
    [
      'before the call, while the edge asks to wait',
      async (draft) => {
        await world.stack.act('/api/throttle', { calls: 1_000 })
        await planAt(draft.id, ({ purge }) => purge.waitsUntilMs !== null)
        await world.stack.act('/api/throttle', { calls: 0 })
      },
    ],
    [
      'during the call, before it arrives',
      async () => {
        const before = world.wire.posts()
        world.wire.set('hold-requests')
        await eventually(
          async () => world.wire.posts(),
          (posts) => posts > before,
        )
      },
    ],
    [
      'during the call, after it arrived and before the answer',
      async () => {
        const before = await invalidations()
        world.wire.set('hold-answers')
        await eventually(invalidations, (count) => count > before)
      },
    ],
    [
      'after it was sent',
      async () => {
        // Every plan before it used one. To ask for the number now may be too late already.
        await eventually(
          () => world.used(),
          (used) => used > plans.length,
        )
      },
    ],
    [
      'when the edge has completed it and it is checked',
      async (draft) => {
        for (;;) if ((await world.core().client.plans.get({ planId: draft.id })).state !== 'purging') return
      },
    ],
    ...Array.from({ length: 14 }, (_, at): [string, () => Promise<unknown>] => [
      `at random moment ${at + 1}`,
      () => new Promise((resolve) => setTimeout(resolve, Math.random() * 2_000)),
    ]),
  ])(
    '%s goes on with the plan, and sends it once',
    async (_when, moment) => {
      const draft = await world.draft()
      plans.push(await world.killAndGoOn(draft, (started) => moment(draft, started)))
      expect(faultsOf(plans, await world.references(), await world.used())).toEqual([])
    },
    60_000,
  )
})
