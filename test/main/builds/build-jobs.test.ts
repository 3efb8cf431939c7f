import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBuildJobs } from '#main/builds/build-jobs.ts'
import { createLaterSwitches } from '#main/builds/later-switches.ts'
import { createChanges } from '#main/platform/changes.ts'
import { startQueueWorld, type QueueWorld } from '../../support/build-queue-world.ts'
import { SITE } from '../../support/stored-site.ts'

let world: QueueWorld
let notes: string[]
let cancelled: string[]
beforeEach(async () => {
  world = await startQueueWorld()
  notes = []
  cancelled = []
})
afterEach(() => world.close())

const open = () => {
  const later = createLaterSwitches({
    db: world.site.db,
    clock: () => world.nowMs,
    changes: createChanges(),
    stopped: new AbortController().signal,
    start: async () => undefined,
    note: () => {},
  })
  const jobs = createBuildJobs({
    ...world.feature,
    later,
    cancelBuild: async (buildId) => void cancelled.push(buildId),
    note: (_siteId, by, text) => void notes.push(`${by}: ${text}`),
  })
  return { jobs, later }
}
const ended = (state: string) =>
  world.site.db.raw
    .prepare(`UPDATE builds SET state = ?, remote_json = json_set(remote_json, '$.state', ?, '$.endedAtMs', ?)`)
    .run(state, state, world.nowMs)

describe('Builds in the list of jobs', () => {
  test('are there while they wait and run, and stay to be read when they have ended', async () => {
    const { jobs } = open()
    expect(await jobs.list()).toEqual([])
    world.want('The first change')
    await world.feature.queue.look()
    world.want('The second change')
    const [running, waiting] = await jobs.list()
    expect(running).toMatchObject({ kind: 'build', title: 'Build: The first change', canCancel: true, endedAtMs: null })
    expect(waiting).toMatchObject({
      title: 'Next build: The second change',
      state: 'waiting',
      note: 'Begins when the running build has ended.',
      startsAtMs: null,
      canCancel: true,
    })
    ended('failed')
    expect((await jobs.list())[0]).toMatchObject({ state: 'failed', canCancel: false, endedAtMs: world.nowMs })
    // A start of the program begins a new list.
    world.nowMs += 1
    expect((await open().jobs.list()).map(({ title }) => title)).toEqual(['Next build: The second change'])
  })

  test('say when the next one begins by itself, and what holds it', async () => {
    world.want()
    await world.feature.queue.look()
    ended('succeeded')
    world.site.db.raw.prepare('UPDATE builds SET queued_at = ?').run(world.nowMs)
    world.want()
    const { jobs } = open()
    expect(await jobs.list()).toContainEqual(expect.objectContaining({ state: 'waiting', startsAtMs: world.nowMs + 20_000 }))
    world.paused = true
    const held = (await jobs.list()).find(({ state }) => state === 'waiting')
    expect(held).toMatchObject({ startsAtMs: null, note: expect.stringContaining('All automation is paused.') })
  })

  test('are cancelled by their job: one that runs at its service, one that waits here', async () => {
    world.want('The first change')
    await world.feature.queue.look()
    world.want('The second change')
    const { jobs, later } = open()
    later.add(SITE, 'r-1', true, 'Ada')
    for (const { id } of await jobs.list()) expect(await jobs.cancel(id, 'Ada')).toBe(true)
    const [build] = await world.feature.listBuilds(SITE)
    expect(cancelled).toEqual([build?.id])
    expect(notes).toEqual(['Ada: Took the waiting build away'])
    expect((await jobs.list()).map(({ title }) => title)).toEqual(['Build: The first change'])
    expect(await jobs.cancel('a job of somebody else', 'Ada')).toBeNull()
  })
})
