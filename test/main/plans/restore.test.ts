import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../support/core-client.ts'
import { OUTDATED, SITE, throttled } from '../../support/plans-world.ts'
import { runningPlans, type RunningPlans } from '../../support/running-plans.ts'

let plans: RunningPlans
beforeEach(async () => {
  plans = await runningPlans()
})
afterEach(() => plans.end())

const page = (path: string) => plans.site.page(path, OUTDATED)
const ledger = () => plans.ledgerRows().map(({ kind }) => kind)
/** An edge that asks to wait until it is told to take purges. */
function waitingEdge() {
  let takes = false
  const world = plans.worldOf({
    purge: async (_items, reference) => {
      if (!takes) throw throttled()
      return { remoteId: reference }
    },
  })
  const waiting = async (id: string) =>
    eventually(
      async () => world.feature.store.read(id),
      (plan) => plan.purge.waitsUntilMs !== null,
    )
  return { world, waiting, take: () => void (takes = true) }
}

describe('A cancel that is taken back', () => {
  test('leaves a draft as it was, with its choices', async () => {
    const world = plans.worldOf()
    const { id } = await world.feature.plans.create(SITE, { kind: 'pages', pageIds: [page('/a'), page('/b')] }, 'Ada')
    await world.feature.plans.revise(id, { when: { choice: 'when-visited' } })
    const before = await world.feature.plans.read(id)
    world.feature.plans.cancel(id)
    expect(await world.feature.plans.restore(id, 'Bob')).toEqual(before)
    expect(await world.feature.plans.read(id)).toEqual(before)
    await world.feature.plans.start(id, 'Ada')
  })

  test('has a waiting plan wait again with its items and its owner, reserved once more, and it is sent once', async () => {
    const { world, waiting, take } = waitingEdge()
    const id = await plans.started(world, [page('/a'), page('/b')])
    const before = await waiting(id)
    world.feature.plans.cancel(id)
    const back = await world.feature.plans.restore(id, 'Bob')
    expect(back).toMatchObject({ state: 'purging', title: before.title, startedBy: before.startedBy, by: before.by })
    expect(back.purge.items).toEqual(before.purge.items)
    expect([ledger(), plans.purgeStates()]).toEqual([
      ['reserve', 'release', 'reserve'],
      ['refused', 'intent'],
    ])
    take()
    expect(await world.ended(id)).toMatchObject({ state: 'done', check: { newVersion: 2 } })
    expect([ledger(), plans.purgeStates()]).toEqual([
      ['reserve', 'release', 'reserve', 'commit'],
      ['refused', 'completed'],
    ])
    expect(new Set(world.sent.map(({ reference }) => reference)).size).toBe(2)
  })

  test('works once', async () => {
    const world = plans.worldOf()
    const { id } = await world.feature.plans.create(SITE, { kind: 'pages', pageIds: [page('/a')] }, 'Ada')
    world.feature.plans.cancel(id)
    await world.feature.plans.restore(id, 'Ada')
    await expect(world.feature.plans.restore(id, 'Ada')).rejects.toThrow('This plan is not cancelled any more.')
  })

  test('is refused by name when a plan that was started meanwhile covers the same', async () => {
    const world = plans.worldOf()
    const both = [page('/a'), page('/b')]
    const { id } = await world.feature.plans.create(SITE, { kind: 'pages', pageIds: both }, 'Ada')
    world.feature.plans.cancel(id)
    const other = await world.feature.plans.create(SITE, { kind: 'pages', pageIds: both.slice(0, 1) }, 'Bob')
    await world.feature.plans.start(other.id, 'Bob')
    await expect(world.feature.plans.restore(id, 'Ada')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('A plan that Bob has started meanwhile covers 1 of its pages'),
    })
    expect(world.feature.store.read(id).state).toBe('cancelled')
    await world.ended(other.id)
  })

  test('is refused for a plan that was sent, and not offered', async () => {
    let done = false
    const world = plans.worldOf({ onCheck: () => (done ? undefined : new Promise(() => {})) })
    const id = await plans.started(world, [page('/a')])
    await eventually(
      async () => world.feature.store.read(id).state,
      (state) => state === 'checking',
    )
    world.feature.plans.cancel(id)
    done = true
    expect((await world.ended(id)).cancelledFrom).toBeUndefined()
    await expect(world.feature.plans.restore(id, 'Ada')).rejects.toThrow('Something of this plan was under way')
  })
})
