import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { startQueueWorld, type QueueWorld } from '../../support/build-queue-world.ts'
import { SITE } from '../../support/stored-site.ts'

let world: QueueWorld
beforeEach(async () => {
  world = await startQueueWorld()
})
afterEach(() => world.close())

describe('After the process was killed', () => {
  test('what waited waits on, with its time and its causes', async () => {
    world.want('one')
    await world.feature.queue.look()
    world.want('two')
    world.want('three')
    const before = (await world.look()).waiting
    world.restart()
    expect((await world.look()).waiting).toEqual(before)
    world.endAll()
    await world.after(21)
    expect(world.titles()).toEqual(['one', '2 changes from Sanity'])
  })

  test('a build whose answer never arrived is found at the service, not made twice', async () => {
    // The trigger arrives, and the process dies before its answer is stored.
    const dead = Promise.withResolvers<never>()
    world.through = (builder) => ({
      ...builder,
      trigger: async (...args) => {
        await builder.trigger(...args)
        return dead.promise
      },
    })
    world.restart()
    world.want('The menu was published')
    void world.feature.queue.look()
    await expect.poll(() => world.titles()).toHaveLength(1)
    expect(await world.feature.listBuilds(SITE)).toEqual([])
    world.through = (builder) => builder
    world.restart()
    await world.after(1)
    expect(world.titles()).toHaveLength(1)
    const [build] = await world.feature.listBuilds(SITE)
    expect(build).toMatchObject({ title: 'The menu was published', causes: ['Sanity: The menu was published'] })
    expect((await world.look()).starting).toBeNull()
  })

  test('a build that the service never heard of is made', async () => {
    const dead = Promise.withResolvers<never>()
    world.through = (builder) => ({ ...builder, trigger: () => dead.promise })
    world.restart()
    world.want()
    void world.feature.queue.look()
    await expect.poll(async () => (await world.look()).starting).not.toBeNull()
    world.through = (builder) => builder
    world.restart()
    await world.after(1)
    expect(world.titles()).toEqual(['The menu was published'])
  })

  test('an earlier build of the same name is not taken for it', async () => {
    world.want()
    await world.feature.queue.look()
    world.endAll()
    const dead = Promise.withResolvers<never>()
    world.through = (builder) => ({ ...builder, trigger: () => dead.promise })
    world.restart()
    world.nowMs += 60_000
    world.want()
    void world.feature.queue.look()
    await expect.poll(async () => (await world.look()).starting).not.toBeNull()
    world.through = (builder) => builder
    world.restart()
    await world.after(1)
    expect(world.titles()).toEqual(['The menu was published', 'The menu was published'])
  })
})

describe('A service', () => {
  test('that cannot be reached is asked again later, and has its list read first', async () => {
    world.through = (builder) => ({
      ...builder,
      trigger: async (...args) => {
        await builder.trigger(...args)
        throw new AppError('UNREACHABLE', 'The line broke.', { retryable: true })
      },
    })
    world.want()
    await world.feature.queue.look()
    expect((await world.look()).starting).toMatchObject({ problem: 'The line broke.', retryAtMs: world.nowMs + 15_000 })
    await world.after(10)
    expect((await world.look()).starting).not.toBeNull()
    await world.after(5)
    expect((await world.look()).starting).toBeNull()
    expect(world.titles()).toHaveLength(1)
  })

  test.each([
    ['30', 30],
    ['3', 15],
    ['86400', 900],
    ['soon', 15],
  ])('that is asked too often is asked again as it says: Retry-After: %s', async (asked, waitSeconds) => {
    world.service.intercept = (request, response) => {
      if (request.method !== 'POST') return false
      response.writeHead(429, { 'retry-after': asked }).end()
      return true
    }
    world.want()
    await world.feature.queue.look()
    expect((await world.look()).starting).toMatchObject({
      problem: expect.stringContaining('asks to slow down'),
      retryAtMs: world.nowMs + waitSeconds * 1_000,
    })
  })

  test('that refuses keeps what was wanted, says why, and is not asked again and again', async () => {
    let asked = 0
    world.through = (builder) => ({
      ...builder,
      trigger: async () => {
        asked += 1
        throw new AppError('CREDENTIALS_REFUSED', 'The hook is refused.', { fix: 'Copy it again.', retryable: false })
      },
    })
    world.want('one')
    await world.feature.queue.look()
    for (let index = 0; index < 50; index += 1) {
      world.want('more')
      await world.after(1)
    }
    expect(asked).toBe(1)
    expect((await world.look()).waiting).toMatchObject({ changes: 51, problem: 'The hook is refused.', fix: 'Copy it again.' })
    world.through = (builder) => builder
    world.feature.queue.runNow(SITE)
    await world.feature.queue.look()
    expect(world.titles()).toEqual(['51 changes from Sanity'])
  })
})
