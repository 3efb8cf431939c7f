import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../support/core-client.ts'
import { nowFresh, OUTDATED, plansWorld, SITE, throttled, unreachable } from '../../support/plans-world.ts'
import { runningPlans, type RunningPlans } from '../../support/running-plans.ts'
import { type StoredSite } from '../../support/stored-site.ts'

let plans: RunningPlans
let site: StoredSite
beforeEach(async () => {
  plans = await runningPlans()
  site = plans.site
})
afterEach(() => plans.end())

describe('A plan that is cancelled', () => {
  test('before it starts is over, and cannot be started', async () => {
    const world = plans.worldOf()
    const { id } = await world.feature.plans.create(SITE, { kind: 'pages', pageIds: [site.page('/a', OUTDATED)] }, 'Ada')
    expect(world.feature.plans.cancel(id)).toMatchObject({ state: 'cancelled', result: 'Cancelled before it was started.' })
    await expect(world.feature.plans.start(id, 'Ada')).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(() => world.feature.plans.cancel(id)).toThrow('This plan is not running.')
  })

  test('while the edge asks to wait is not sent, and nothing is charged', async () => {
    const world = plans.worldOf({
      purge: async () => {
        throw throttled()
      },
    })
    const id = await plans.started(world, [site.page('/a', OUTDATED)])
    await eventually(
      async () => world.feature.store.read(id),
      (plan) => plan.purge.waitsUntilMs !== null,
    )
    const before = world.sent.length
    world.feature.plans.cancel(id)
    expect(await world.ended(id)).toMatchObject({
      state: 'cancelled',
      result: 'Cancelled before it was sent. Nothing was charged.',
    })
    expect([world.sent.length - before, plans.ledgerRows().map(({ kind }) => kind), plans.purgeStates()]).toEqual([
      0,
      ['reserve', 'release'],
      ['refused'],
    ])
  })

  test('after it was sent is refused, and goes on to its proof', async () => {
    let done = false
    const world = plans.worldOf({ completed: () => done })
    const id = await plans.started(world, [site.page('/a', OUTDATED)])
    await eventually(
      async () => plans.purgeStates(),
      ([state]) => state === 'sent',
    )
    expect(() => world.feature.plans.cancel(id)).toThrow('The purge has been sent, and the edge cannot take it back.')
    done = true
    expect(await world.ended(id)).toMatchObject({ state: 'done' })
  })

  test('when an attempt without an answer may have arrived is not called unsent', async () => {
    let cancelled = false
    const world = plans.worldOf({
      purge: async (_items, reference) => {
        if (!cancelled) throw unreachable()
        return { remoteId: reference }
      },
    })
    const id = await plans.started(world, [site.page('/a', OUTDATED)])
    await eventually(
      async () => world.feature.store.read(id),
      (plan) => plan.purge.waitsUntilMs !== null,
    )
    cancelled = true
    world.feature.plans.cancel(id)
    expect(await world.ended(id)).toMatchObject({
      state: 'cancelled',
      result: 'The purge was done; 1 of 1 page was checked before it was cancelled.',
    })
    expect([plans.ledgerRows().map(({ kind }) => kind), plans.purgeStates()]).toEqual([['reserve', 'commit'], ['completed']])
  })
})

describe('A plan after a restart', () => {
  test('sends what was never answered again, with the same reference and the same items', async () => {
    let restarted = false
    const world = plans.worldOf({
      purge: async (_items, reference, attempt) =>
        attempt === 1 && !restarted ? new Promise(() => {}) : { remoteId: reference },
    })
    const id = await plans.started(world, [site.page('/a', OUTDATED), site.page('/b', OUTDATED)])
    await eventually(
      async () => world.sent.length,
      (count) => count === 1,
    )
    restarted = true
    const next = world.restart()
    plans.keep(next)
    expect(await next.ended(id)).toMatchObject({ state: 'done', check: { newVersion: 2 } })
    expect(next.sent).toEqual(world.sent)
    expect(plans.ledgerRows().map(({ kind }) => kind)).toEqual(['reserve', 'commit'])
  })

  test('does not send again what was answered', async () => {
    let done = false
    const world = plans.worldOf({ completed: () => done })
    const id = await plans.started(world, [site.page('/a', OUTDATED)])
    await eventually(
      async () => plans.purgeStates(),
      ([state]) => state === 'sent',
    )
    done = true
    const next = world.restart()
    plans.keep(next)
    expect(await next.ended(id)).toMatchObject({ state: 'done' })
    expect([world.sent.length, next.sent.length]).toEqual([1, 0])
  })

  test('that was being sent cannot be cancelled as unsent', async () => {
    const world = plans.worldOf({ purge: () => new Promise(() => {}) })
    const id = await plans.started(world, [site.page('/a', OUTDATED)])
    await eventually(
      async () => world.sent.length,
      (count) => count === 1,
    )
    let accepts = false
    const next = plansWorld(site, {
      onCheck: (ids) => nowFresh(site, ids),
      purge: async (_items, reference) => {
        if (!accepts) throw throttled()
        return { remoteId: reference }
      },
    })
    await world.stop()
    plans.keep(next)
    next.feature.plans.resume()
    await eventually(
      async () => next.feature.store.read(id),
      (plan) => plan.purge.waitsUntilMs !== null,
    )
    next.feature.plans.cancel(id)
    accepts = true
    expect(await next.ended(id)).toMatchObject({ state: 'cancelled', result: expect.stringMatching(/^The purge was done/) })
    expect([plans.ledgerRows().map(({ kind }) => kind), plans.purgeStates()]).toEqual([['reserve', 'commit'], ['completed']])
  })
})
