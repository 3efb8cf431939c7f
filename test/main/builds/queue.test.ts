import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writePin } from '#main/builds/pins.ts'
import { nextBuildAtMs } from '#main/builds/queue-view.ts'
import { startQueueWorld, type QueueWorld } from '../../support/build-queue-world.ts'
import { SITE } from '../../support/stored-site.ts'

let world: QueueWorld
beforeEach(async () => {
  world = await startQueueWorld()
})
afterEach(() => world.close())

describe('The builds of a site', () => {
  test('begin at once when nothing goes on, and gather what comes after', async () => {
    expect(world.want('The first change')).toEqual({ begins: true })
    await world.feature.queue.look()
    for (let index = 1; index <= 37; index += 1) expect(world.want(`change ${index}`)).toEqual({ begins: false })
    expect(world.titles()).toEqual(['The first change'])
    const { waiting } = await world.look()
    expect(waiting).toMatchObject({ changes: 37, startsAtMs: world.nowMs + 20_000, causes: [{ source: 'Sanity', count: 37 }] })
    // One runs: the other waits for it, however quiet it is.
    await world.after(60)
    expect(world.titles()).toHaveLength(1)
    expect((await world.look()).waiting?.holds).toBe('build')
    expect(await nextBuildAtMs(world.feature, SITE)).toBeNull()
    world.endAll()
    expect(await nextBuildAtMs(world.feature, SITE)).toBe(world.nowMs - 40_000)
    await world.after(1)
    expect(world.titles()).toEqual(['The first change', '37 changes from Sanity'])
    expect((await world.look()).waiting).toBeNull()
    expect((await world.feature.listBuilds(SITE))[0]?.causes).toEqual(['37 changes from Sanity'])
  })

  test('wait while automation is paused, but for what a person wants', async () => {
    world.paused = true
    world.want('The first change')
    await world.after(600)
    expect(world.titles()).toEqual([])
    expect((await world.look()).waiting).toMatchObject({ holds: 'paused', changes: 1 })
    expect(await nextBuildAtMs(world.feature, SITE)).toBeNull()
    world.paused = false
    await world.after(1)
    expect(world.titles()).toEqual(['The first change'])
    world.endAll()
    world.paused = true
    world.feature.queue.request(SITE, { source: 'Ada', cause: 'Rebuild from Frostline', person: true })
    await world.after(0)
    expect(world.titles()).toEqual(['The first change', 'Rebuild from Frostline'])
  })

  test('wait no longer than the longest time while changes go on coming', async () => {
    world.want()
    await world.feature.queue.look()
    world.endAll()
    world.site.db.raw.prepare('UPDATE builds SET queued_at = ?').run(world.nowMs)
    for (let seconds = 0; seconds < 295; seconds += 5) {
      world.want()
      await world.after(5)
    }
    expect(world.titles()).toHaveLength(1)
    world.want()
    await world.after(5)
    expect(world.titles()).toEqual(['The menu was published', '60 changes from Sanity'])
  })

  test('are one running and one waiting in a storm, and no change is lost', async () => {
    for (let index = 0; index < 500; index += 1) {
      world.want(`change ${index}`)
      if (index % 100 === 0) await world.after(1)
    }
    world.endAll()
    await world.after(400)
    // A machine that was too busy to keep the line open is asked again, as any service would be.
    await world.after(15)
    expect(await world.look()).toMatchObject({ waiting: null, starting: null })
    expect(world.titles()).toHaveLength(2)
    const causes = world.site.db.raw.prepare<[], { json: string }>('SELECT causes_json AS json FROM build_causes').all()
    const counted = causes
      .flatMap(({ json }) => JSON.parse(json) as { count: number }[])
      .reduce((sum, { count }) => sum + count, 0)
    expect(counted).toBe(500)
  })

  test('begin now when a person says so, though another one runs', async () => {
    world.want('one')
    await world.feature.queue.look()
    world.want('two')
    expect(world.feature.queue.runNow(SITE)).toBe(true)
    await world.feature.queue.look()
    expect(world.titles()).toEqual(['one', 'two'])
    expect(world.feature.queue.runNow(SITE)).toBe(false)
  })

  test('that were taken away do not begin', async () => {
    world.want('one')
    await world.feature.queue.look()
    world.want('two')
    expect(world.feature.queue.cancel(SITE)).toBe(true)
    world.endAll()
    await world.after(1_000)
    expect(world.titles()).toEqual(['one'])
    expect(world.feature.queue.cancel(SITE)).toBe(false)
  })

  test('do not begin by themselves while the site is pinned; a person’s do', async () => {
    writePin(world.site.db, SITE, { releaseId: 'r-1', title: 'Spring menu', sinceMs: 1, by: 'Test' })
    world.want('a change')
    await world.after(60)
    expect(world.titles()).toEqual([])
    const { waiting } = await world.look()
    expect(waiting).toMatchObject({ holds: 'pinned', changes: 1 })
    expect(await nextBuildAtMs(world.feature, SITE)).toBeNull()
    expect(waiting?.problem).toContain('pinned to r-1')
    world.feature.queue.request(SITE, { source: 'Owner', cause: 'Rebuild', person: true })
    await world.feature.queue.look()
    expect(world.service.triggers.map((body) => JSON.parse(body) as unknown)).toMatchObject([{ publish: false }])
  })

  test('that a person wants several times are one wish', async () => {
    world.want('The first change')
    await world.feature.queue.look()
    for (let wish = 0; wish < 4; wish += 1) {
      world.feature.queue.request(SITE, { source: 'Owner', cause: 'Rebuild', person: true })
    }
    expect((await world.look()).waiting).toMatchObject({ changes: 1, causes: [{ source: 'Owner', count: 1 }] })
  })

  test('wait for a change of release that was asked for before', async () => {
    world.site.db.raw
      .prepare('INSERT INTO later_switches (site_id, release_id, purges, by, since) VALUES (?, ?, 1, ?, 1)')
      .run(SITE, 'r-1', 'Owner')
    world.feature.queue.request(SITE, { source: 'Owner', cause: 'Rebuild', person: true })
    await world.after(60)
    expect(world.titles()).toEqual([])
    expect((await world.look()).waiting).toMatchObject({
      holds: 'switch',
      problem: expect.stringContaining('Visitors get r-1 first'),
    })
    world.site.db.raw.prepare('DELETE FROM later_switches').run()
    await world.after(1)
    expect(world.titles()).toEqual(['Rebuild'])
  })
})

describe('A stuck build', () => {
  test('is named with what to do, and holds nobody back', async () => {
    world.site.db.raw
      .prepare(`INSERT INTO builds (id, site_id, remote_id, state, queued_at, remote_json) VALUES ('b', ?, 'r', 'running', ?, ?)`)
      .run(
        SITE,
        world.nowMs,
        JSON.stringify({
          remoteId: 'r',
          state: 'running',
          title: 'Winter',
          causes: [],
          queuedAtMs: world.nowMs,
          startedAtMs: world.nowMs,
          endedAtMs: null,
          release: null,
          cancelUrl: null,
          logUrl: null,
          error: null,
          progress: null,
          startsAtMs: null,
          statusUrl: null,
        }),
      )
    world.want()
    await world.after(60)
    expect(world.titles()).toEqual([])
    expect((await world.look()).stuck).toEqual([])
    await world.after(1_800)
    const stuck = (await world.look()).stuck.find(({ buildId }) => buildId === 'b')
    expect(stuck?.problem).toContain('“Winter” has been running for 31 min')
    expect(stuck?.fix).toContain('Cancel it at the build service')
    expect(world.titles()).toEqual(['The menu was published'])
  })
})
